# attack: Fills the disk with a million files.
# layer: the tmpfs has a bounded number of inodes
# second: inodes are charged to the memory cgroup
# off: tmpfs
# sites: rootless guest
# limits: workspace_bytes=16M memory_bytes=256M
from attack import *


def fill():
    for number in range(6000):
        os.close(os.open(f"/tmp/{number}", os.O_CREAT))
    return "6000 files"


refused("files", fill, "ENOSPC")
end()
