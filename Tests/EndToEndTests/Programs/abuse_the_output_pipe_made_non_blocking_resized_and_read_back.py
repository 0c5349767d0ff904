import fcntl, os

for flag in (1, 2):
    os.set_blocking(flag, False)
    try:
        fcntl.fcntl(flag, 1031, 4096)
    except OSError:
        pass
try:
    fd = os.open("/proc/self/fd/1", os.O_RDONLY | os.O_NONBLOCK)
    os.read(fd, 10)
except OSError:
    pass
for _ in range(1000):
    try:
        os.write(1, b"x" * 4096)
    except BlockingIOError:
        pass
os._exit(0)
