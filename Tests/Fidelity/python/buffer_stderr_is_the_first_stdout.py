import os
import sys

first, second = sys.stdout, sys.stderr
sys.stdout, sys.stderr = second, first
print("to standard error")
print("to standard output", file=sys.stderr, end="")
sys.stdout = os.fdopen(os.dup(2), "w", buffering=1)
print("line by line")
