import sys

binary = sys.stdout.buffer
binary.write(b"no name is left\n")
del sys.stdout, sys.__stdout__, binary
