import ctypes
import os

print(os.environ["MALLOC_ARENA_MAX"], ctypes.CDLL(None).getenv is not None)
print([bytearray(1000)[0] for _ in range(3)])
