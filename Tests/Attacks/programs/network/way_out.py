# attack: Sends to addresses outside, by TCP, UDP, broadcast and multicast.
# layer: the network namespace has no route
# second: none
import socket

from attack import *


def connect(family, address):
    one = socket.socket(family)
    one.settimeout(1)
    one.connect(address)


def send(address, broadcast=False):
    one = socket.socket(type=socket.SOCK_DGRAM)
    if broadcast:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
    one.sendto(b"x", address)


refused("TCP", lambda: connect(socket.AF_INET, ("192.0.2.1", 80)), "ENETUNREACH")
refused("TCP by IPv6", lambda: connect(socket.AF_INET6, ("2001:db8::1", 80)))
refused("UDP", lambda: send(("192.0.2.1", 53)), "ENETUNREACH")
refused("broadcast", lambda: send(("255.255.255.255", 9), True), "ENETUNREACH")
refused("multicast", lambda: send(("224.0.0.251", 5353)), "ENETUNREACH")
refused("a name", lambda: socket.getaddrinfo("example.invalid", 80))
end()
