import os
import sys

print("flushed", flush=True)
print("lost")
sys.stderr.write("stderr without newline")
open("f", "w").write("x")
os._exit(6)
