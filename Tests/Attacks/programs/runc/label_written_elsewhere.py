# attack: Redirects a write to /proc/self/attr of the runtime (runc, CVE-2025-52881).
# layer: the runtime writes nothing in /proc once the job's process exists
# second: /proc is mounted by PID 1 itself
# sites: rootless guest
from attack import *


def write(path):
    with open(path, "w") as file:
        file.write("0 0 1\n")


def content(path):
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        return error.errno


for path in ("/proc/self/uid_map", "/proc/self/gid_map", "/proc/self/setgroups"):
    refused(path, lambda: write(path))
# Without a security module that has labels, some kernels take a label and drop it.
for path in ("/proc/self/attr/exec", "/proc/self/attr/current"):
    before = content(path)
    try:
        write(path)
    except OSError:
        continue
    if content(path) != before:
        fell(path)
end()
