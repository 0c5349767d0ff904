# attack: Reaches its parent, which forked it.
# layer: the parent is the warden, in another pid namespace
# second: another uid
# sites: rootless guest
from attack import *

if os.getppid() > 1:
    fell(f"its parent is {os.getppid()}")
for path in (f"/proc/{os.getppid()}", "/proc/self/task/1", "/proc/thread-self/../1"):
    refused(path, lambda: os.listdir(path + "/fd"), "ENOENT", "EACCES", "EPERM")
refused("the death signal of another", lambda: call("prctl", 59, 0, 0, 0, 0))
end()
