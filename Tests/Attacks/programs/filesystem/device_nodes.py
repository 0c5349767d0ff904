# attack: Makes device nodes of the host's disk and memory.
# layer: capabilities: no CAP_MKNOD outside, and mounts are nodev
# second: seccomp refuses device numbers in mknod
# sites: rootless guest
import stat

from attack import *

for kind, major, minor in ((stat.S_IFBLK, 254, 0), (stat.S_IFCHR, 1, 1), (stat.S_IFCHR, 0, 0)):
    device = os.makedev(major, minor)
    refused("mknod", lambda: os.mknod("/tmp/node", 0o600 | kind, device), "EPERM")
    refused("mknod", lambda: os.mknod("/dev/shm/node", 0o600 | kind, device), "EPERM")
end()
