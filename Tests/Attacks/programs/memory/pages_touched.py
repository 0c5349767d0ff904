# attack: Touches more memory than its limit.
# layer: the memory cgroup
# second: the cgroup around all sandboxes
# ends: memory_exceeded
# off: cgroup
# sites: rootless guest
# limits: memory_bytes=64M
# host: memory=512M slab=64M
import mmap

from attack import *

maps = []
for _ in range(24):
    m = mmap.mmap(-1, 8 << 20)
    for at in range(0, 8 << 20, 4096):
        m[at] = 1
    maps.append(m)
fell("192 MiB")
