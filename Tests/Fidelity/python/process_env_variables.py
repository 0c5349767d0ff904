import ctypes
import os

print(sorted(os.environ.items()))
libc = ctypes.CDLL(None)
libc.getenv.restype = ctypes.c_char_p
for name in (b"GIVEN", b"EMPTY", b"HOME", b"LD_PRELOAD", b"UNICODE"):
    print(name, libc.getenv(name))
print(os.environb[b"UNICODE"], os.getenv("MISSING", "default"))
