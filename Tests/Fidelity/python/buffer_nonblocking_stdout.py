import os
import sys

r, w = os.pipe()
os.set_blocking(w, False)
stream = open(w, "wb", buffering=0)
written = stream.write(b"x" * 1_000_000)
print(0 < written < 1_000_000, stream.write(b"more"))
buffered = open(w, "wb", closefd=False)
try:
    buffered.write(b"y" * 1_000_000)
except BlockingIOError as error:
    print(error.errno, error.characters_written >= 0)
os.read(r, 1 << 20)
os._exit(0 if sys.stdout.flush() is None else 1)
