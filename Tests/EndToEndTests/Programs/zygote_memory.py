import sys

# In halves, so that the needle itself is not in memory before it is put together.
needles = [bytes(map(lambda c: c ^ 1, bytes.fromhex(h))) for h in sys.argv[1:]]
found = 0
size = 0
with open("/proc/self/mem", "rb", 0) as memory:
    for line in open("/proc/self/maps"):
        span, mode, *rest = line.split()
        if mode[0] != "r" or "[v" in line:
            continue
        begin, end = (int(x, 16) for x in span.split("-"))
        memory.seek(begin)
        try:
            piece = memory.read(end - begin)
        except OSError:
            continue
        size += len(piece)
        for needle in needles:
            at = piece.find(needle)
            while at >= 0:
                found += 1
                at = piece.find(needle, at + 1)
        del piece
print(size > 1000000, found)
