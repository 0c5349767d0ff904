# attack: A link in the workspace to the host's root (Judge0, CVE-2024-28185).
# layer: the mount namespace: the link resolves inside the sandbox
# second: nothing reads the workspace from outside
# sites: rootless guest
from attack import *

os.symlink("/", "root")
if os.path.exists("root/var/lib/codebox/images"):
    fell("the host's images are visible")
if os.path.exists("root/root/.bashrc") or os.path.exists("root/boot/vmlinuz"):
    fell("the host's files are visible")
refused("a file in the root", lambda: open("root/planted", "w"), "EROFS", "EACCES")
end()
