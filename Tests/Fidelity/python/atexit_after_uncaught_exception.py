import atexit
import sys


@atexit.register
def last():
    print("last", sys.exc_info(), file=sys.stderr)


raise KeyError("uncaught")
