# attack: Hides memory in files of tmpfs.
# layer: the memory cgroup counts pages of tmpfs
# second: the tmpfs has a size
# ends: memory_exceeded
# off: cgroup
# sites: rootless guest
# limits: memory_bytes=48M workspace_bytes=256M
# host: memory=512M
from attack import *

for number in range(160):
    with open(f"/tmp/{number}", "wb") as file:
        file.write(b"x" * (1 << 20))
fell("160 MiB")
