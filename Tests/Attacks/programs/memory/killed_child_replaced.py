# attack: Forks a new hog whenever the old one is killed.
# layer: the job ends with the first kill for memory
# second: the memory cgroup
# ends: memory_exceeded
# sites: rootless guest
# limits: memory_bytes=64M
# host: memory=512M slab=64M
from attack import *

for _ in range(50):
    if os.fork() == 0:
        keep = []
        while len(keep) < 300:
            keep.append(b"x" * (1 << 20))
        os._exit(0)
    if os.waitstatus_to_exitcode(os.wait()[1]) == 0:
        fell("300 MiB")
        break
