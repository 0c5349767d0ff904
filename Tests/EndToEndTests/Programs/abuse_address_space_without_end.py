import mmap

try:
    m = [
        mmap.mmap(-1, 1 << 40, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x4000)
        for _ in range(50)
    ]
except (OSError, ValueError):
    pass
print("ok")
