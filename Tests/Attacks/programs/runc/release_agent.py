# attack: Names a release agent, which the kernel runs as root outside (CVE-2022-0492).
# layer: seccomp refuses mount and unshare
# second: no cgroup file system is mounted; no capability
from attack import *

refused("unshare", lambda: call("unshare", 0x10000000 | 0x02000000), "EPERM")
os.makedirs("/tmp/cgroup")
for options in (b"rdma", b"memory", b"misc", b"none,name=x"):
    refused(
        "mount", lambda: call("mount", b"cgroup", b"/tmp/cgroup", b"cgroup", 0, options), "EPERM"
    )
for folder in ("/sys/fs/cgroup", "/cgroup", "/dev/cgroup"):
    if os.path.isdir(folder) and os.listdir(folder):
        fell(folder)
end()
