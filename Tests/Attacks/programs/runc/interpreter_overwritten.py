# attack: Overwrites the interpreter through /proc/self/exe (runc, CVE-2019-5736).
# layer: the image is read-only
# second: the image's files belong to another user
# sites: rootless guest
from attack import *

for path in ("/proc/self/exe", os.path.realpath("/proc/self/exe"), "/proc/thread-self/exe"):
    refused(path, lambda: os.open(path, os.O_WRONLY), "EROFS", "EACCES", "ETXTBSY")
    refused(path + " truncated", lambda: os.truncate(path, 0), "EROFS", "EACCES", "ETXTBSY")
for path in ("/proc/1/exe", f"/proc/{os.getppid() or 1}/exe"):
    refused(path, lambda: os.open(path, os.O_RDONLY), "ENOENT", "EACCES", "EPERM")
end()
