# attack: Touches shared memory from many processes, each a little.
# layer: the memory cgroup counts shared pages
# second: the cgroup around all sandboxes
# ends: memory_exceeded
# off: cgroup
# sites: guest
# limits: memory_bytes=64M
# host: memory=512M
import mmap

from attack import *

m = mmap.mmap(-1, 192 << 20)
for part in range(6):
    if os.fork() == 0:
        for at in range(part << 25, (part + 1) << 25, 4096):
            m[at] = 1
        os._exit(0)
for _ in range(6):
    os.wait()
fell("192 MiB")
