# attack: Looks in its network namespace, without a socket, for what an earlier job did there.
# layer: a namespace in which a program opened a socket is not used again
# second: none
# sites: rootless guest
from attack import *

with open("/proc/net/dev") as file:
    for line in file.readlines()[2:]:
        name, counters = line.split(":")
        if name.strip() != "lo" or any(int(counter) for counter in counters.split()):
            fell(line.strip())
for name in ("unix", "tcp", "tcp6", "udp", "udp6", "raw", "raw6", "netlink", "packet"):
    if os.path.exists(f"/proc/net/{name}"):
        for line in open(f"/proc/net/{name}").readlines()[1:]:
            # Every namespace has netlink sockets of the kernel's own, whose port is 0.
            if name != "netlink" or line.split()[2] != "0":
                fell(f"{name}: {line.strip()}")
with open("/proc/net/sockstat") as file:
    for line in file:
        words = line.split()
        if "inuse" in words and int(words[words.index("inuse") + 1]):
            fell(line.strip())
end()
