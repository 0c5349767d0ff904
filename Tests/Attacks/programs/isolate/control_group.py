# attack: Leaves its control group, or raises its own limits (isolate's known weak spot).
# layer: there is no cgroup file system in the sandbox
# second: seccomp refuses mount; the files belong to root
# sites: rootless guest
from attack import *

for kind in (b"cgroup", b"cgroup2"):
    refused(kind.decode(), lambda: call("mount", b"none", b"/tmp", kind, 0, b"memory"), "EPERM")
for folder, folders, files in os.walk("/sys"):
    for name in files:
        fell(os.path.join(folder, name))
for line in open("/proc/self/cgroup"):
    path = line.rstrip("\n").split(":", 2)[2]
    if path != "/":
        fell(f"the cgroup's path is told: {path}")
end()
