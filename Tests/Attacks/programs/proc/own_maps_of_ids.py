# attack: Maps more ids into its user namespace.
# layer: the maps are written once, before the job's process exists
# second: no CAP_SETUID in the parent namespace
# sites: rootless guest
from attack import *

for name, text in (("uid_map", "1000 0 1"), ("gid_map", "0 0 4294967295"), ("setgroups", "allow")):

    def write():
        with open(f"/proc/self/{name}", "w") as file:
            file.write(text)

    refused(name, write, "EPERM", "EACCES", "EROFS")
end()
