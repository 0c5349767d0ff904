import ctypes, os, socket

libc = ctypes.CDLL(None, use_errno=True)
print("add_key", libc.syscall(248, b"user", b"x", b"y", 1, -3))
print("keyctl", libc.syscall(250, 0, -3, 0))
print("unix", len(open("/proc/net/unix").read().splitlines()))
reached = 0
for name in ("codebox", "warden", "zygote", "job"):
    s = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    try:
        s.connect("\0" + name)
        reached += 1
    except OSError:
        pass
print("reached", reached)
