# attack: Looks for files, queues and sockets that another job left.
# layer: mount, IPC and network namespaces of its own, tmpfs of its own
# second: nothing of a sandbox is used again
# sites: rootless guest
from attack import *

for place in ("/tmp", "/dev/shm"):
    for name in os.listdir(place):
        fell(f"{place}/{name}")
for name in os.listdir("/workspace"):
    if name not in ("main.py", "attack.py", "__pycache__"):
        fell(name)
for kind in ("shm", "sem", "msg"):
    if os.path.exists(f"/proc/sysvipc/{kind}") and len(open(f"/proc/sysvipc/{kind}").readlines()) > 1:
        fell(kind)
with open("/tmp/left-behind", "w") as file:
    file.write("x")
end()
