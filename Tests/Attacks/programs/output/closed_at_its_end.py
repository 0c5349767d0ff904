# attack: Closes all descriptors and ends, so that its end can't be told by them.
# layer: the kernel tells the end, not the pipes
# second: the wall clock
# ends: signaled
import os

os.closerange(0, 65536)
os.kill(os.getpid(), 9)
