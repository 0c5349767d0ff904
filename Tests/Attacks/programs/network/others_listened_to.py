# attack: Binds to every kind of address, and waits for a neighbour's traffic.
# layer: the network namespace
# second: none
import socket

from attack import *

for address in ("0.0.0.0", "127.0.0.1", "127.9.9.9"):
    one = socket.socket(type=socket.SOCK_DGRAM)
    one.bind((address, 0))
    one.settimeout(0.1)
    refused(address, lambda: one.recv(1))
refused("an address of another host", lambda: socket.socket().bind(("192.0.2.1", 0)))
end()
