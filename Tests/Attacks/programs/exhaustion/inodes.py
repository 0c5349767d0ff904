# attack: Makes inodes in all three places that it may write to.
# layer: each tmpfs has a bounded number of inodes
# second: the memory cgroup counts them
# ends: exited memory_exceeded
# off: tmpfs
# sites: rootless guest
# limits: memory_bytes=192M
# host: inodes=20000 slab=160M
from attack import *


def fill(place):
    for number in range(5000):
        os.close(os.open(f"{place}/{number}", os.O_CREAT))
    return "5,000 inodes"


for place in ("/tmp", "/dev/shm", "/workspace"):
    refused(place, lambda: fill(place), "ENOSPC")
end()
