# attack: Changes the image that other jobs run from, in every way.
# layer: the image is mounted read-only
# second: its files belong to another user
# sites: rootless guest
from attack import *

path = "/usr/bin/env"
for name, change in (
    ("write", lambda: open(path, "r+b")),
    ("truncate", lambda: os.truncate(path, 0)),
    ("chmod", lambda: os.chmod(path, 0o777)),
    ("utime", lambda: os.utime(path)),
    ("unlink", lambda: os.unlink(path)),
    ("rename", lambda: os.rename(path, path + "2")),
    ("mkdir", lambda: os.mkdir("/usr/planted")),
    ("symlink", lambda: os.symlink("x", "/usr/planted")),
    ("link", lambda: os.link("/usr/bin/env", "/usr/bin/planted")),
):
    refused(name, change, "EROFS", "EACCES", "EPERM")
refused("link out", lambda: os.link(path, "/tmp/env"), "EXDEV", "EPERM")
refused("an attribute", lambda: os.setxattr(path, "user.x", b"x"))
end()
