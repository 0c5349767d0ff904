import sys

for n in range(2000):
    print("out", n, "o" * 100)
    if n % 2:
        print("err", n, "e" * 100, file=sys.stderr)
