import subprocess
import sys

code = "import os; print(sorted(os.listdir('/proc/self/fd'), key=int))"
print(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout, end="")
print(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, close_fds=False).stdout, end="")
