# attack: Redirects a write to /proc/self/attr of the runtime (runc, CVE-2025-52881).
# layer: the runtime writes nothing in /proc once the job's process exists
# second: /proc is mounted by PID 1 itself
# sites: rootless guest
from attack import *

for path in ("/proc/self/attr/exec", "/proc/self/attr/current", "/proc/self/uid_map",
             "/proc/self/gid_map", "/proc/self/setgroups"):  # fmt: skip

    def write():
        with open(path, "w") as file:
            file.write("0 0 1\n")

    refused(path, write)
end()
