def fill(fd):
    total = 0
    os.set_blocking(fd, False)
    try:
        while total < 1 << 20:
            total += os.write(fd, b"x" * 4096)
    except BlockingIOError:
        return total
    return total


def open_all():
    pairs = []
    try:
        while len(pairs) < 100:
            pairs.append(os.openpty())
    except OSError as error:
        return pairs, errname(error.errno)
    return pairs, None


pairs, error = open_all()
total = 0
for pair in pairs:
    for end in pair:
        total += fill(end)
for pair in pairs:
    for end in pair:
        os.close(end)
again, _ = open_all()
print(json.dumps({"pairs": len(pairs), "error": error, "bytes": total, "again": len(again)}))
