# attack: Fills accept queues with connections that no process has accepted or holds.
# layer: net.core.somaxconn, and the warden's watch over the kernel memory that no cgroup counts
# second: the other of them
# ends: exited kernel_memory_exceeded
# limits: wall_ms=20000 cpu_ms=20000
# host: slab=400M sockets=100000
import socket

from attack import *

listeners = []
for _ in range(200):
    listeners.append(socket.create_server(("127.0.0.1", 0), backlog=4096))
for _ in range(300):
    for listener in listeners:
        client = socket.socket()
        client.setblocking(False)
        client.connect_ex(listener.getsockname())
        client.close()
end()
