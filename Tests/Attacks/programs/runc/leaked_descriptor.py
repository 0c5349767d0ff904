# attack: Uses a descriptor of a host folder that the runtime left open (runc, CVE-2024-21626).
# layer: every descriptor but 0 to 2 is closed before the program starts
# second: descriptors of CodeBox are close-on-exec
# sites: rootless guest
import stat

from attack import *

own = os.open("/proc/self/fd", os.O_RDONLY)
for name in os.listdir(own):
    try:
        mode = os.fstat(int(name)).st_mode
    except OSError:
        continue
    if int(name) > 2 and int(name) != own and not stat.S_ISCHR(mode):
        fell(f"descriptor {name}: {os.readlink(f'/proc/self/fd/{name}')}")
for number in range(3, 256):
    if number != own:
        refused(f"cwd {number}", lambda: os.chdir(f"/proc/self/fd/{number}/.."))
end()
