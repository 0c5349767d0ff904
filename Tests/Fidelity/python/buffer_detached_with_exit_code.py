import atexit
import sys

binary = sys.stdout.detach()
atexit.register(binary.write, b"by an exit function\n")
binary.write(b"before it\n")
sys.stdout = None
sys.exit(3)
