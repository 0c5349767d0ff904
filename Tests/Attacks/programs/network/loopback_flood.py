# attack: Floods loopback with datagrams that nobody reads.
# layer: the socket's buffer is bounded, and charged to the job
# second: the network namespace's softirq work is the job's own CPU time
# host: sockets=1000 slab=64M
# sites: guest
# limits: wall_ms=1500
# ends: wall_time_exceeded
import socket

to = socket.socket(type=socket.SOCK_DGRAM)
to.bind(("127.0.0.1", 0))
one = socket.socket(type=socket.SOCK_DGRAM)
while True:
    one.sendto(b"x" * 60000, to.getsockname())
