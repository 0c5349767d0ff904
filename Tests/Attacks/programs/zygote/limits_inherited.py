# attack: Finds limits of the zygote's that are higher than the job's.
# layer: rlimits are set before the program starts
# second: the cgroup
# off: rlimits
# sites: rootless guest
# limits: open_files=100
import resource

from attack import *

for name, bound in (("NOFILE", 100), ("MEMLOCK", 64 << 10), ("SIGPENDING", 1024),
                    ("MSGQUEUE", 0), ("RTPRIO", 0)):  # fmt: skip
    hard = resource.getrlimit(getattr(resource, f"RLIMIT_{name}"))[1]
    if hard == resource.RLIM_INFINITY or hard > bound:
        fell(f"{name} is {hard}")
end()
