import os
import sys

print(sys.stdout, sys.stdout.buffer, sys.stdout.write_through, sys.stderr.buffer, sys.flags.unbuffered if hasattr(sys.flags, "unbuffered") else "")
sys.stdout.write("a")
os.write(1, b"b")
print("c", end="")
os.write(1, b"d\n")
os._exit(3)
