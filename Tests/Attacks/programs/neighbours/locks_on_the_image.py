# attack: Locks files of the image that its neighbours need, against their use.
# layer: locks on read-only files bind only those who ask for them
# second: none: flock on the image is a known channel
# sites: rootless guest
import fcntl
import subprocess

from attack import *

keep = []
for path in (sys.executable, "/etc/passwd", "/usr/bin/env"):
    handle = os.open(path, os.O_RDONLY)
    keep.append(handle)
    refused("a write lock", lambda: fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB), "EBADF")
if subprocess.run(["/usr/bin/env", "true"]).returncode != 0:
    fell("a locked program does not start")
end()
