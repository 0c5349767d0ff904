import resource
import sys

big = bytearray(20 << 20)
print(len(big), sys.getsizeof(big) >= 20 << 20)
del big
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > 20 << 10)
try:
    x = "x" * (1 << 62)
except MemoryError:
    print("MemoryError")
try:
    range(1 << 70).index(1 << 69)
    [None] * (1 << 62)
except (MemoryError, OverflowError) as error:
    print(type(error).__name__)
