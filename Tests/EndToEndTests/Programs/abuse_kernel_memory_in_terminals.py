# Opens terminals in many processes until there are no more, and fills them at both ends.
import os


def fill(end):
    os.set_blocking(end, False)
    total = 0
    try:
        while total < 64 << 20:
            total += os.write(end, b"x" * 4096)
    except BlockingIOError:
        pass
    return total


told, telling = os.pipe()
held, holding = os.pipe()
for _ in range(24):
    if os.fork() == 0:
        os.close(holding)
        pairs, total = 0, 0
        try:
            while True:
                total += sum(map(fill, os.openpty()))
                pairs += 1
        except OSError:
            os.write(telling, b"%d %d\n" % (pairs, total))
        # Holds its terminals until all have told.
        os.read(held, 1)
        os._exit(0)
os.close(telling)
with os.fdopen(told) as answers:
    lines = [answers.readline().split() for _ in range(24)]
print(sum(int(pairs) for pairs, _ in lines), sum(int(size) for _, size in lines) < 1 << 20)
