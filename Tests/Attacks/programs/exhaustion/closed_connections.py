# attack: Leaves many closed connections behind, which the kernel keeps for a minute.
# sites: rootless guest
# layer: net.ipv4.tcp_max_tw_buckets is 1024 in the sandbox's network namespace
# second: they end with the network namespace
# off: sysctls
import socket

from attack import *

listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen()
for _ in range(1500):
    one = socket.create_connection(listener.getsockname())
    other = listener.accept()[0]
    one.close()
    other.close()
with open("/proc/net/sockstat") as file:
    (line,) = (line.split() for line in file if line.startswith("TCP:"))
waiting = int(line[line.index("tw") + 1])
if waiting < 512:
    print(f"only {waiting} connections are left: this attack tries nothing")
    sys.exit(1)
if waiting > 1024:
    fell(f"{waiting} closed connections")
end()
