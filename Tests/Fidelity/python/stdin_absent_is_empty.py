import os
import sys

print(repr(sys.stdin.read()), sys.stdin.closed, os.read(0, 10))
