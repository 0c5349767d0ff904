# attack: Has the kernel remember names that do not exist.
# layer: the memory cgroup counts them, and drops them when it is full
# second: the kernel reclaims them
# ends: exited memory_exceeded
# sites: guest
# limits: memory_bytes=48M wall_ms=6000
# host: slab=160M memory=384M
from attack import *

for number in range(60_000):
    os.path.exists(f"/tmp/{number:0200}")
end()
