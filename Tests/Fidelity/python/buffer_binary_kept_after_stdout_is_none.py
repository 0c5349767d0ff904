import sys

binary = sys.stdout.buffer
sys.stdout = None
binary.write(b"by the binary file alone\n")
