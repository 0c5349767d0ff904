# attack: Writes and syncs, for the host's disks to be busy.
# layer: a job's files are in memory; sync does nothing
# second: none
# sites: guest
# host: dirty=256M flushes=400
from attack import *

handle = os.open("file", os.O_CREAT | os.O_RDWR)
for _ in range(300):
    os.pwrite(handle, b"x" * (1 << 20), 0)
    os.fsync(handle)
    os.fdatasync(handle)
    os.sync()
end()
