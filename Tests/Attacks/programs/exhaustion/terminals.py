# attack: Opens terminals in many processes and fills their buffers, which no cgroup counts.
# layer: the devpts of a sandbox has sixteen
# second: kernel.pty.max, less what is reserved for the host
# sites: rootless guest
# host: ptys=17 slab=32M
from attack import *

pairs = []
try:
    while len(pairs) < 64:
        pairs.append(os.openpty())
        for handle in pairs[-1]:
            os.set_blocking(handle, False)
            try:
                while True:
                    os.write(handle, b"x" * 4096)
            except BlockingIOError:
                pass
except OSError:
    pass
if len(pairs) > 16:
    fell(f"{len(pairs)} terminals")
end()
