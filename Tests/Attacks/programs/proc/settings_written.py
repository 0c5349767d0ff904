# attack: Writes to every file of /proc that it can open.
# layer: /proc/sys is read-only and dangerous entries are masked
# second: files of /proc/sys belong to the host's root
# sites: rootless guest
import stat

from attack import *

for folder, folders, files in os.walk("/proc"):
    if folder == "/proc":
        folders[:] = [name for name in folders if not name.isdigit() and name[-4:] != "self"]
    for name in files:
        path = os.path.join(folder, name)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            continue
        # What is masked is /dev/null.
        if not stat.S_ISCHR(os.fstat(handle).st_mode):
            fell(path)
        os.close(handle)
end()
