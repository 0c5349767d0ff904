# attack: Learns the host's folders, disks and user from what it may read.
# layer: the mount namespace
# second: none
# sites: rootless guest
from attack import *

for path in ("/etc/shadow", "/etc/machine-id", "/root", "/home", "/boot", "/var/log"):
    try:
        found = os.listdir(path) if os.path.isdir(path) else open(path).read()
    except OSError:
        continue
    if path.endswith("machine-id") and found.strip():
        fell("the machine's id")
    if path == "/var/log" and "journal" in found:
        fell("the machine's log")
if os.uname().nodename != "codebox":
    fell(f"the host is called {os.uname().nodename}")
refused("renaming the host", lambda: call("sethostname", b"x", 1), "EPERM")
end()
