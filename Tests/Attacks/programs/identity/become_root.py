# attack: Takes other ids by every call there is.
# layer: capabilities: no CAP_SETUID
# second: the user namespace maps two ids, and its root is nobody outside
# off: capabilities
# sites: rootless guest
from attack import *

refused("setuid", lambda: os.setuid(0), "EPERM", "EINVAL")
refused("setresuid", lambda: os.setresuid(0, 0, 0), "EPERM", "EINVAL")
refused("setreuid", lambda: os.setreuid(-1, 0), "EPERM", "EINVAL")
refused("setgid", lambda: os.setgid(0), "EPERM", "EINVAL")
refused("setgroups", lambda: os.setgroups([0]), "EPERM")
if libc.setfsuid(0) != os.getuid() or libc.setfsuid(-1) != os.getuid():
    fell("setfsuid")
end()
