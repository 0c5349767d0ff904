# attack: Opens more files than its limit.
# layer: RLIMIT_NOFILE
# second: the memory cgroup counts the kernel's memory for them
# off: rlimits
# sites: rootless guest
# limits: open_files=64
import resource

from attack import *

keep = []


def use_up():
    for _ in range(500):
        keep.append(os.open("/dev/null", os.O_RDONLY))
    return "500 files"


refused("files", use_up, "EMFILE")
refused("a higher limit", lambda: call("setrlimit", 7, (ctypes.c_long * 2)(4096, 4096)), "EPERM")
if resource.getrlimit(resource.RLIMIT_NOFILE)[1] > 64:
    fell("the hard limit is above the job's")
end()
