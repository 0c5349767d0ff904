# attack: Looks for a control socket of the service in every folder it can see.
# layer: the mount namespace
# second: the warden's socket is in a folder of root's
# sites: rootless guest
import stat

from attack import *

for place in ("/run", "/var/run", "/tmp", "/var/lib", "/dev", "/home"):
    for folder, folders, files in os.walk(place):
        for name in files:
            try:
                mode = os.lstat(os.path.join(folder, name)).st_mode
            except OSError:
                continue
            if stat.S_ISSOCK(mode):
                fell(os.path.join(folder, name))
end()
