import os
import sys

print("x" * 8000)
os.write(1, b"[os.write after 8000]\n")
print("y" * 400)
os.write(1, b"[os.write after 8400]\n")
sys.stdout.write("z" * 20000 + "\n")
os.write(1, b"[os.write at end]\n")
