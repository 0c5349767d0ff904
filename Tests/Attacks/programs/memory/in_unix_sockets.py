# attack: Hides memory in sockets that nobody reads.
# layer: the memory cgroup counts their buffers
# second: net.core.wmem_max bounds each
# ends: exited memory_exceeded
# sites: rootless guest
# limits: memory_bytes=48M
# host: memory=384M slab=96M sockets=1000
import socket

from attack import *

kept = 0
pairs = []
try:
    for _ in range(100):
        pairs.append(socket.socketpair())
        one = pairs[-1][0]
        one.setblocking(False)
        one.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 22)
        try:
            while True:
                kept += one.send(b"x" * 65536)
        except BlockingIOError:
            pass
except OSError:
    pass
if kept > 64 << 20:
    fell(f"{kept} bytes")
end()
