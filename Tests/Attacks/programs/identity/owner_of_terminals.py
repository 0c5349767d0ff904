# attack: Changes folders that belong to the sandbox's root, PID 1's user.
# layer: capabilities: no CAP_FOWNER, and the job has another uid than PID 1
# second: the folders are mounts of the sandbox alone
# off: ids
# sites: guest
from attack import *

refused("chmod", lambda: os.chmod("/dev/pts", 0o777), "EPERM")
refused("utime", lambda: os.utime("/dev/pts", (0, 0)), "EPERM", "EACCES")
refused("a name in it", lambda: open("/dev/pts/new", "w"), "EPERM", "EACCES")
end()
