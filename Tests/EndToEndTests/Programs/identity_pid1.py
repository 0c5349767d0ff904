out = {}
for entry in [
    "mem",
    "environ",
    "maps",
    "fd",
    "root",
    "cwd",
    "exe",
    "stack",
    "syscall",
    "auxv",
    "fdinfo",
]:
    path = "/proc/1/" + entry

    def look():
        if entry in ("root", "cwd", "exe"):
            return os.readlink(path)
        if entry in ("fd", "fdinfo"):
            return os.listdir(path)
        return os.read(os.open(path, os.O_RDONLY), 10)

    out[entry] = attempt(look)
out["kill"] = attempt(lambda: os.kill(1, 9))
out["term"] = attempt(lambda: os.kill(1, 15))
out["ptrace"] = call("ptrace", 16, 1, None, None)
out["attach"] = call("ptrace", 0x4206, 1, None, None)
out["pidfd_signal"] = attempt(lambda: __import__("signal").pidfd_send_signal(os.pidfd_open(1), 9))
out["getfd"] = call("syscall", 438, os.open("/dev/null", 0), 0, 0)
out["prlimit"] = attempt(lambda: __import__("resource").prlimit(1, 7, (0, 0)))
out["setpriority"] = attempt(lambda: os.setpriority(os.PRIO_PROCESS, 1, 19))
out["affinity"] = attempt(lambda: os.sched_setaffinity(1, {0}))
print(json.dumps(out))
