# attack: Exchanges folders of its workspace for links as fast as it can (CVE-2021-30465).
# layer: no mount and no copy is made in a folder that a job can change
# second: the mount namespace
# sites: rootless guest
import time

from attack import *

os.mkdir("folder")
os.symlink("/etc", "link")
end_at = time.monotonic() + 0.3
while time.monotonic() < end_at:
    # RENAME_EXCHANGE
    if libc.renameat2(-100, b"folder", -100, b"link", 2) != 0:
        break
for line in open("/proc/self/mountinfo"):
    if line.split()[4].startswith("/workspace/"):
        fell(f"a mount in the workspace: {line}")
refused("the image", lambda: open("/etc/planted", "w"), "EROFS", "EACCES")
end()
