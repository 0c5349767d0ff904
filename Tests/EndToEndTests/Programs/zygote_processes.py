import ctypes, os, signal

libc = ctypes.CDLL(None, use_errno=True)
print("seen", [n for n in os.listdir("/proc") if n.isdigit()] == [str(os.getpid())])
reached = []
for pid in [0x7FFFFFFF, 1] + list(range(3, 4000)):
    try:
        os.kill(pid, 0)
        reached.append(("kill", pid))
    except OSError:
        pass
    try:
        os.close(os.pidfd_open(pid))
        if pid != 1:
            reached.append(("pidfd", pid))
    except OSError:
        pass
print("reached", reached)
buffer = ctypes.create_string_buffer(64)


class Part(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]


own = Part(ctypes.addressof(buffer), 64)
other = Part(0x400000, 64)
for pid in (1, 0, 3):
    read = libc.process_vm_readv(pid, ctypes.byref(own), 1, ctypes.byref(other), 1, 0)
    print("vm", pid, read)
    print("trace", pid, libc.ptrace(16, pid, None, None))
for path in ("/proc/1/mem", "/proc/1/fd", "/proc/1/root", "/proc/1/environ"):
    try:
        os.listdir(path) if path.endswith("fd") else open(path).read(1)
        print("opened", path)
    except OSError:
        pass
print("parent", os.getppid())
signal.signal(signal.SIGTERM, signal.SIG_IGN)
try:
    os.kill(-1, signal.SIGTERM)
except ProcessLookupError:
    print("alone")
print("alive")
