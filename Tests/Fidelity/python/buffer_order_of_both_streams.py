import os
import sys

os.dup2(1, 2)
print("out 1")
print("err 1", file=sys.stderr)
sys.stdout.write("out 2\n")
sys.stderr.write("err without newline ")
print("out 3", flush=True)
sys.stderr.write("then newline\n")
os.write(1, b"written by os.write\n")
print("out 4")
