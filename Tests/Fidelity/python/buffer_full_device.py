import os
import sys

full = os.open("/dev/full", os.O_WRONLY)
os.dup2(full, 1)
print("no room")
try:
    sys.stdout.flush()
except OSError as error:
    print(error, file=sys.stderr)
