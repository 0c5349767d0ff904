# attack: Hides memory in memfds, which no tmpfs bounds.
# layer: the memory cgroup
# second: the cgroup around all sandboxes
# ends: memory_exceeded
# off: cgroup
# sites: rootless guest
# limits: memory_bytes=64M
# host: memory=512M files=1000
from attack import *

keep = []
for _ in range(48):
    keep.append(os.memfd_create("x"))
    os.write(keep[-1], b"x" * (4 << 20))
fell("192 MiB")
