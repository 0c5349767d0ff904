# attack: Hides memory in queues of datagrams.
# layer: the queue of a socket is bounded; buffers are charged to the job
# second: RLIMIT_NOFILE bounds the sockets
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
        pairs.append(socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM))
        one = pairs[-1][0]
        one.setblocking(False)
        try:
            while True:
                kept += one.send(b"x" * 8192)
        except (BlockingIOError, OSError):
            pass
except OSError:
    pass
if kept > 64 << 20:
    fell(f"{kept} bytes")
end()
