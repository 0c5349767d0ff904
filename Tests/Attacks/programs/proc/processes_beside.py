# attack: Reaches processes of the zygote, the warden and other jobs by their pids.
# layer: the pid namespace
# second: another uid
# sites: rootless guest
from attack import *

for pid in [*range(2, 3000), 2**22 - 1]:
    if pid == os.getpid():
        continue
    try:
        os.kill(pid, 0)
        fell(f"kill {pid}")
    except ProcessLookupError:
        pass
    refused(f"getsid {pid}", lambda: os.getsid(pid), "ESRCH")
end()
