# attack: Reads PID 1's memory, environment, descriptors and root.
# layer: hidepid
# second: PID 1 is undumpable and has another uid
# sites: rootless guest
from attack import *

for entry in ("mem", "environ", "maps", "exe", "cwd", "root", "stack", "syscall", "auxv", "status"):
    path = f"/proc/1/{entry}"
    refused(path, lambda: os.open(path, os.O_RDONLY))
    refused(path, lambda: os.readlink(path))
for entry in ("fd", "fdinfo", "map_files", "task", "ns", ""):
    refused(entry, lambda: os.listdir(f"/proc/1/{entry}"))
end()
