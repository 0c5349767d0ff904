import io
import sys

print("in the first buffer")
sys.__stdout__ = open(1, "w", closefd=False)
sys.__stdout__.write("in the second buffer\n")
sys.__stderr__ = None
sys.stderr = io.TextIOWrapper(io.BufferedWriter(io.FileIO(2, "w", closefd=False)))
sys.stderr.write("in a buffer of the program\n")
