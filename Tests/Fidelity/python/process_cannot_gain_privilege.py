import os

for attempt in (
    lambda: os.setuid(0),
    lambda: os.setgid(0),
    lambda: os.setgroups([0]),
    lambda: os.chroot("/"),
    lambda: os.chown("main.py", 0, 0),
    lambda: open("/usr/new", "w"),
    lambda: os.kill(1, 9),
    lambda: os.nice(-5),
    lambda: os.mknod("node", 0o20666, os.makedev(1, 3)),
):
    try:
        print(attempt())
    except OSError as error:
        print(type(error).__name__, error.errno)
