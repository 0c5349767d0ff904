# attack: Looks for a device that reaches hardware or memory.
# layer: /dev holds six harmless nodes and terminals of the sandbox's own
# second: mounts are nodev
# sites: rootless guest
import stat

from attack import *

harmless = {(1, 3), (1, 5), (1, 7), (1, 8), (1, 9), (5, 0), (5, 2)}
for folder, folders, files in os.walk("/dev"):
    for name in files:
        found = os.lstat(os.path.join(folder, name))
        if stat.S_ISBLK(found.st_mode):
            fell(name)
        number = (os.major(found.st_rdev), os.minor(found.st_rdev))
        if stat.S_ISCHR(found.st_mode) and number not in harmless:
            fell(f"{name} {number}")
for name in ("kvm", "mem", "kmsg", "fuse", "net/tun", "vda", "loop-control", "vsock"):
    refused(name, lambda: os.open(f"/dev/{name}", os.O_RDONLY), "ENOENT", "ENOTDIR")
end()
