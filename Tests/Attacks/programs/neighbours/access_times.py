# attack: Leaves a message in the times of files that jobs share.
# layer: /dev and the image are read-only
# second: none
# sites: rootless guest
from attack import *

for path in ("/dev/null", "/dev/zero", "/dev/urandom", "/etc/passwd"):
    refused(path, lambda: os.utime(path, (1, 1)), "EROFS", "EPERM", "EACCES")
    before = os.stat(path).st_atime_ns
    with open(path, "rb") as file:
        file.read(1)
    if os.stat(path).st_atime_ns != before:
        fell(f"the access time of {path} changes")
end()
