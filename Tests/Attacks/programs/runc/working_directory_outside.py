# attack: Starts in a folder outside of its root, and climbs from there (runc, CVE-2024-21626).
# layer: the old root is detached before the job starts
# second: the mount namespace
# sites: rootless guest
from attack import *

if os.getcwd() != "/workspace":
    fell(f"it starts in {os.getcwd()}")
os.chdir("../" * 100)
if os.stat(".").st_ino != os.stat("/").st_ino or os.stat(".").st_dev != os.stat("/").st_dev:
    fell("it climbed out of its root")
if os.path.exists("/proc/self/cwd/../var/lib/codebox/images"):
    fell("the host's images are visible")
end()
