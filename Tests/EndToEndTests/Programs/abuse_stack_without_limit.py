# Touches its stack downwards, page by page. The kernel lets the stack grow on any access below it.
import ctypes, os, resource, sys

resource.setrlimit(resource.RLIMIT_STACK, (resource.RLIM_INFINITY,) * 2)
if sys.argv[1:] == ["exec"]:
    os.execv(sys.executable, [sys.executable, "main.py"])
with open("/proc/self/maps") as maps:
    low = next(int(line.split("-")[0], 16) for line in maps if "[stack]" in line)
while True:
    low -= 4096
    ctypes.memset(low, 1, 1)
