# attack: Hides memory in full pipes.
# layer: the memory cgroup counts buffers of pipes
# second: fs.pipe-user-pages-soft, for each user
# ends: exited memory_exceeded
# sites: rootless guest
# limits: memory_bytes=48M
# host: memory=384M slab=96M
import fcntl

from attack import *

kept = 0
pipes = []
try:
    for _ in range(100):
        pipes.append(os.pipe())
        end_of_pipe = pipes[-1][1]
        try:
            fcntl.fcntl(end_of_pipe, fcntl.F_SETPIPE_SZ, 1 << 20)
        except OSError:
            pass
        os.set_blocking(end_of_pipe, False)
        try:
            while True:
                kept += os.write(end_of_pipe, b"x" * 65536)
        except BlockingIOError:
            pass
except OSError:
    pass
if kept > 48 << 20:
    fell(f"{kept} bytes")
end()
