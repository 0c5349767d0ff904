# attack: Replaces /dev/null, with which entries of /proc are masked (runc, CVE-2025-31133).
# layer: /dev is read-only and complete before the sandbox's own processes run
# second: the files belong to another user
# sites: rootless guest
from attack import *

refused("unlink", lambda: os.unlink("/dev/null"), "EROFS", "EACCES", "EBUSY")
refused("rename", lambda: os.rename("/dev/null", "/dev/null2"), "EROFS", "EACCES", "EBUSY")
refused("link", lambda: os.symlink("/proc/sysrq-trigger", "/dev/null3"), "EROFS", "EACCES")
refused("mkdir", lambda: os.mkdir("/dev/new"), "EROFS", "EACCES")
for entry in ("kcore", "keys", "sysrq-trigger", "timer_list"):
    path = f"/proc/{entry}"
    if os.path.exists(path) and os.stat(path).st_rdev != os.makedev(1, 3):
        fell(f"{path} is not masked")
end()
