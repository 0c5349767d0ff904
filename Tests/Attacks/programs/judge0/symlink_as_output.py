# attack: Replaces its own source and outputs by links to files of the host (CVE-2024-28185).
# layer: the mount namespace: no process outside follows a path of the workspace
# second: the image is read-only
# sites: rootless guest
from attack import *

for name, target in (("main.py", "/etc/passwd"), ("stdout", "/etc/shadow"), ("out", "/proc/1/exe")):
    if os.path.lexists(name):
        os.unlink(name)
    os.symlink(target, name)
    refused(f"writing through {name}", lambda: open(name, "a"), "EROFS", "EACCES", "ENOENT")
end()
