# attack: Nests folders until the kernel's recursion gives up.
# layer: the tmpfs bounds inodes; the cgroup counts them
# second: the tmpfs vanishes as a whole
# sites: rootless guest
# limits: memory_bytes=256M
# host: inodes=20000 slab=160M
from attack import *


def nest():
    for _ in range(10_000):
        os.mkdir("d")
        os.chdir("d")
    return "10,000 folders"


refused("folders", nest, "ENOSPC")
end()
