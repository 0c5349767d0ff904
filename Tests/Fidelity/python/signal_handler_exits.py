import atexit
import os
import signal
import sys

atexit.register(print, "atexit ran")
signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(143))
os.kill(os.getpid(), signal.SIGTERM)
print("never")
