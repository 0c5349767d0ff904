# attack: Asks the cloud's metadata service and private networks (Judge0, CVE-2024-29021).
# layer: the network namespace has no route
# second: none
import socket

from attack import *


def connect(address, port):
    one = socket.socket()
    one.settimeout(1)
    one.connect((address, port))


for address in ("169.254.169.254", "10.0.0.1", "172.17.0.1", "192.168.0.1", "100.100.100.200"):
    refused(address, lambda: connect(address, 80), "ENETUNREACH")
end()
