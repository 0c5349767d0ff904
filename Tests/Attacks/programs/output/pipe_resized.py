# attack: Makes its output non-blocking, resizes it, and reads it back.
# layer: each pipe is the job's own; the server reads without blocking
# second: none
import fcntl

from attack import *

for handle in (1, 2):
    os.set_blocking(handle, False)
    try:
        fcntl.fcntl(handle, fcntl.F_SETPIPE_SZ, 4096)
    except OSError:
        pass
    os.set_blocking(handle, True)
try:
    again = os.open("/proc/self/fd/1", os.O_RDONLY | os.O_NONBLOCK)
    os.read(again, 10)
    os.close(again)
except OSError:
    pass
end()
