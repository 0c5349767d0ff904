import os
import sys

first = sys.stdout.flush


def flush():
    os.write(2, b"own flush\n")
    first()


sys.stdout.flush = flush
print("flushed by the program's own function")


class Noisy:
    def __del__(self):
        os.write(2, b"ended\n")


noisy = Noisy()
