# attack: Lowers PID 1's limits, so that it can't work.
# layer: the job has another uid than PID 1
# second: seccomp, where the policy refuses prlimit on others
# sites: guest
import resource

from attack import *

for name in ("NOFILE", "AS", "CPU", "FSIZE"):
    number = getattr(resource, f"RLIMIT_{name}")
    refused(name, lambda: call("prlimit", 1, number, (ctypes.c_long * 2)(0, 0), None))
end()
