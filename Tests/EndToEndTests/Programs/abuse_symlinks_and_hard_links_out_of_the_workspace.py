import os


def tried(f):
    try:
        f()
        return True
    except OSError:
        return False


os.symlink("/etc/passwd", "passwd")
os.symlink("/proc/1/root", "root")
os.symlink("loop", "loop")
print(
    [
        tried(lambda: open("passwd", "a")),
        tried(lambda: os.link("/etc/passwd", "hard")),
        not tried(lambda: os.listdir("root")),
        not tried(lambda: open("loop")),
        not tried(lambda: os.rename("/workspace", "/tmp/w"))
        and not tried(lambda: os.rmdir("/workspace")),
    ]
)
