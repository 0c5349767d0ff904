# attack: Listens on a port below 1024.
# layer: capabilities: no CAP_NET_BIND_SERVICE
# second: the network namespace has no other process
import socket

from attack import *

for port in (22, 80, 443):
    refused(str(port), lambda: socket.socket().bind(("127.0.0.1", port)), "EACCES")
end()
