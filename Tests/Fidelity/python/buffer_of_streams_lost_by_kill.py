import os
import signal
import sys

print("flushed", flush=True)
print("lost")
sys.stderr.write("line\nrest without newline")
os.kill(os.getpid(), signal.SIGKILL)
