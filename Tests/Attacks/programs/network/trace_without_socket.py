# attack: Changes its network namespace, which a later job may get, without a socket.
# layer: the namespace belongs to a user namespace in which no job is
# second: no capability; seccomp allows no call that changes namespaces
# sites: rootless guest
from attack import *

NAMESPACE = "/proc/self/ns/net"
for mode in (os.O_WRONLY, os.O_RDWR):
    refused("open for writing", lambda: os.open(NAMESPACE, mode))
refused("chmod", lambda: os.chmod(NAMESPACE, 0o777))
refused("chown", lambda: os.chown(NAMESPACE, os.getuid(), os.getgid()))
refused("times", lambda: os.utime(NAMESPACE, (1, 1)))
refused("now", lambda: os.utime(NAMESPACE))
refused("attribute", lambda: os.setxattr(NAMESPACE, "user.codebox", b"1"))
refused("enter", lambda: call("setns", os.open(NAMESPACE, os.O_RDONLY), 0))
refused("another", lambda: call("unshare", 0x40000000))
for folder, _, names in os.walk("/proc/sys/net"):
    for name in names:
        refused(f"{folder}/{name}", lambda: os.open(f"{folder}/{name}", os.O_WRONLY))
for folder, _, names in os.walk("/proc/self/net"):
    for name in names:
        refused(f"{folder}/{name}", lambda: os.open(f"{folder}/{name}", os.O_WRONLY))
end()
