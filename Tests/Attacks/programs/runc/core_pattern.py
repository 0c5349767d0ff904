# attack: Sets the host's core handler and crashes.
# layer: /proc/sys is read-only
# second: the file belongs to the host's root
# sites: rootless guest
from attack import *

for name in ("core_pattern", "modprobe", "hotplug", "poweroff_cmd", "usermodehelper/bset"):
    path = f"/proc/sys/kernel/{name}"
    refused(path, lambda: open(path, "w"), "EROFS", "EACCES", "ENOENT")
path = "/proc/sys/fs/binfmt_misc/register"
refused(path, lambda: open(path, "w"), "EROFS", "EACCES", "ENOENT")
end()
