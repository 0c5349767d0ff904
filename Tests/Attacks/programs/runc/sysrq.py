# attack: Reboots the machine by /proc/sysrq-trigger.
# layer: the entry is masked
# second: it belongs to the host's root, and /proc/sys is read-only
# sites: rootless guest
from attack import *

path = "/proc/sysrq-trigger"
# It is looked at only: a write would be the end of the machine if nothing else held.
if os.path.exists(path) and os.stat(path).st_rdev != os.makedev(1, 3):
    fell(f"{path} is the kernel's own")
end()
