import mmap
import resource

resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
try:
    mmap.mmap(-1, 2 << 30)
except OSError as error:
    print(error)
try:
    bytearray(2 << 30)
except MemoryError as error:
    print(repr(error))
