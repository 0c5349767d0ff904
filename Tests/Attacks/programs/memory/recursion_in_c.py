# attack: Recurses in C until the stack ends.
# layer: the stack's own limit
# second: the memory cgroup
# ends: exited signaled memory_exceeded
# sites: rootless guest
import sys

from attack import *

sys.setrecursionlimit(10**9)


class Endless:
    def __repr__(self):
        return repr(self)


try:
    repr(Endless())
except RecursionError:
    pass
end()
