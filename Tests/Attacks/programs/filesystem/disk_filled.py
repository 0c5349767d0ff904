# attack: Writes more than its workspace has room for.
# layer: the tmpfs has a size
# second: its pages are charged to the memory cgroup
# off: tmpfs
# sites: rootless guest
# limits: workspace_bytes=8M
from attack import *


def fill(place):
    for number in range(24):
        with open(f"{place}/{number}", "wb", buffering=0) as file:
            if file.write(b"x" * (1 << 20)) != 1 << 20:
                raise OSError(28, "short")
    return "24 MiB"


for place in ("/workspace", "/tmp", "/dev/shm"):
    refused(place, lambda: fill(place), "ENOSPC")
end()
