# attack: Finds an interface besides loopback.
# layer: the network namespace
# second: none
# off: network
# sites: rootless guest
from attack import *

for line in open("/proc/net/dev").readlines()[2:]:
    name = line.split(":")[0].strip()
    if name != "lo":
        fell(name)
for name in ("route", "arp"):
    if len(open(f"/proc/net/{name}").readlines()) > 1:
        fell(name)
end()
