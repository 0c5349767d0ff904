import os
import sys

flush = sys.stdout.buffer.flush


def loud():
    os.write(2, b"flush of the buffer\n")
    flush()


sys.stdout.buffer.flush = loud
print("text")
sys.stderr.note = sys.stderr
sys.stderr.write("an error without an end")
