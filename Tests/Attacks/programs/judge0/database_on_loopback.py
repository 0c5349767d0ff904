# attack: Looks for a database or queue of the service on loopback (CVE-2024-29021).
# layer: the network namespace has a loopback of its own
# second: the service asks for a key where it listens elsewhere
# off: network
# sites: rootless guest
import socket

from attack import *


def listeners():
    """Ports in state LISTEN, as the namespace's own table says."""
    rows = [line.split() for line in open("/proc/net/tcp").readlines()[1:]]
    return [int(row[1].split(":")[1], 16) for row in rows if row[3] == "0A"]


def connect(port):
    one = socket.socket()
    one.settimeout(1)
    one.connect(("127.0.0.1", port))


for port in {22, 80, 5432, 6379, 8080, *listeners()}:
    refused(f"port {port}", lambda: connect(port), "ECONNREFUSED")
end()
