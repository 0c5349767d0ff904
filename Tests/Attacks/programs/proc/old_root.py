# attack: Finds the host's root: above /, in mounts, by links of /proc.
# layer: the old root is detached
# second: the mount namespace
# sites: rootless guest
from attack import *

if set(os.listdir("/..")) != set(os.listdir("/")):
    fell("there is more above the root")
for name in (".old_root", "old_root", "oldroot", "put_old", "host", "lost+found"):
    if os.path.exists("/" + name):
        fell(name)
for path in ("/proc/self/root/../../..", "/proc/self/cwd/../../.."):
    if os.path.exists(path + "/var/lib/codebox/images"):
        fell(path)
handle = os.open("/", os.O_RDONLY)
os.chdir("/tmp")
os.fchdir(handle)
os.chdir("..")
if os.stat(".").st_ino != os.stat("/").st_ino:
    fell("by a descriptor")
end()
