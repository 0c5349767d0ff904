import fcntl, time

ROUNDS = 1000
GETLEASE = 1025  # <linux/fcntl.h>
own = os.open("/workspace/own", os.O_CREAT | os.O_RDWR)
regular = [os.open(path, os.O_RDONLY) for path in ("/etc/passwd", os.__file__, "/proc/self/exe")]
folders = [os.open(path, os.O_RDONLY) for path in ("/", "/usr/lib", "/workspace")]
every = 7  # SYNC_FILE_RANGE_WAIT_BEFORE, WRITE and WAIT_AFTER
begin = time.monotonic()
for _ in range(ROUNDS):
    for fd in regular + folders + [own]:
        os.fsync(fd)
        os.fdatasync(fd)
    for fd in regular + [own]:
        assert libc.sync_file_range(fd, ctypes.c_long(0), ctypes.c_long(0), every) == 0
        assert libc.syncfs(fd) == 0
    os.sync()
spent = time.monotonic() - begin
unknown = 999
with open("/proc/self/mountinfo") as mounts:
    root = [line for line in mounts if line.split()[4] == "/"][-1]
print(
    json.dumps(
        {
            "slow": spent > 5,
            "closed": [
                attempt(lambda: os.fsync(unknown)),
                attempt(lambda: os.fdatasync(unknown)),
                call("sync_file_range", unknown, ctypes.c_long(0), ctypes.c_long(0), every),
                call("syncfs", unknown),
            ],
            "direct": [
                attempt(lambda: os.open("/etc/passwd", os.O_RDONLY | os.O_DIRECT)),
                attempt(lambda: fcntl.fcntl(regular[0], fcntl.F_SETFL, os.O_DIRECT)),
            ],
            "lease": [
                attempt(lambda: fcntl.fcntl(regular[0], fcntl.F_SETLEASE, fcntl.F_RDLCK)),
                attempt(lambda: fcntl.fcntl(own, fcntl.F_SETLEASE, fcntl.F_WRLCK)),
                attempt(lambda: fcntl.fcntl(own, GETLEASE)),
                attempt(lambda: fcntl.fcntl(own, fcntl.F_NOTIFY, 1)),
            ],
            "advice": attempt(
                lambda: os.posix_fadvise(regular[0], 0, 0, os.POSIX_FADV_DONTNEED)
            ),
            "layer": " - overlay " in root and "/images/" not in root,
        }
    )
)
