import atexit
import sys


class Failing:
    def __call__(self):
        raise ValueError("in atexit")

    def __repr__(self):
        return "<a failing handler>"


atexit.register(print, "runs all the same")
atexit.register(Failing())
atexit.register(sys.exit, 33)
sys.exit(2)
