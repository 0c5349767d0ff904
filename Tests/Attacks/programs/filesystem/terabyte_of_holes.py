# attack: Makes files of a terabyte that have no content.
# layer: RLIMIT_FSIZE, which ends the call
# second: the tmpfs has a size; holes take no memory
# sites: rootless guest
import signal

from attack import *

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
handle = os.open("sparse", os.O_CREAT | os.O_RDWR)
refused("truncate", lambda: os.ftruncate(handle, 1 << 40), "EFBIG")
refused("fallocate", lambda: os.posix_fallocate(handle, 0, 1 << 30), "EFBIG", "ENOSPC")
refused("a far write", lambda: os.pwrite(handle, b"x", 1 << 40), "EFBIG")
end()
