# attack: Has files outside change owner through a link (Judge0, CVE-2024-28189).
# layer: capabilities: no CAP_CHOWN
# second: the user namespace maps two ids only, and the image is read-only
# sites: rootless guest
from attack import *

os.symlink("/etc/passwd", "link")
os.symlink("/tmp", "folder")
refused("chown of the image", lambda: os.chown("link", 1000, 1000), "EROFS", "EPERM")
refused("chown to root", lambda: os.chown("folder", 0, 0), "EPERM", "EINVAL")
refused("chmod of the image", lambda: os.chmod("link", 0o6777), "EROFS", "EPERM")
end()
