# attack: Calls the kernel by ctypes, past everything an interpreter could forbid.
# layer: seccomp, in the kernel
# second: no capability
from attack import *

for name, arguments in (
    ("mount", (b"none", b"/tmp", b"tmpfs", 0, None)),
    ("umount2", (b"/workspace", 2)),
    ("chroot", (b"/tmp",)),
    ("swapoff", (b"/swap",)),
    ("sethostname", (b"x", 1)),
    ("unshare", (0x20000,)),
):
    refused(name, lambda: call(name, *arguments), "EPERM")
end()
