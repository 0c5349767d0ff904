# Runs a command in a new user namespace with all ids of this one, of which no further user
# namespace may be made.
import ctypes
import os
import sys

CLONE_NEWUSER = 0x1000_0000
EVERYONE = "0 0 4294967295"

begun, begin = os.pipe()
mapped, done = os.pipe()
own = os.getpid()
if os.fork() == 0:
    os.close(begin)
    os.read(begun, 1)
    for name in ("uid_map", "gid_map"):
        with open(f"/proc/{own}/{name}", "w") as file:
            file.write(EVERYONE)
    os.write(done, b"x")
    os._exit(0)
os.close(done)
if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWUSER) != 0:
    sys.exit(f"unshare: {os.strerror(ctypes.get_errno())}")
os.write(begin, b"x")
if os.read(mapped, 1) != b"x":
    sys.exit("the ids could not be mapped")
os.wait()
with open("/proc/sys/user/max_user_namespaces", "w") as file:
    file.write("0")
os.execvp(sys.argv[1], sys.argv[1:])
