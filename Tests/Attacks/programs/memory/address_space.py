# attack: Reserves petabytes of addresses.
# layer: addresses cost nothing; the memory cgroup counts what is touched
# second: the processor's width
# sites: rootless guest
import mmap

from attack import *

keep = []
try:
    for _ in range(50):
        # MAP_NORESERVE
        flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x4000
        keep.append(mmap.mmap(-1, 1 << 40, flags=flags))
except (OSError, ValueError):
    pass
end()
