# attack: Opens terminals by their numbers.
# layer: a devpts of its own
# second: terminals belong to who opened them
# sites: rootless guest
from attack import *

refused("the controlling terminal", lambda: os.open("/dev/tty", os.O_RDWR), "ENXIO")
for name in os.listdir("/dev/pts"):
    if name != "ptmx":
        fell(f"terminal {name}")
for number in range(64):
    refused(str(number), lambda: os.open(f"/dev/pts/{number}", os.O_RDWR), "ENOENT")
for name in ("console", "tty0", "tty1", "ttyS0", "vcs"):
    refused(name, lambda: os.open(f"/dev/{name}", os.O_RDWR), "ENOENT")
end()
