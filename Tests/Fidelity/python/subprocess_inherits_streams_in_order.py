import os
import subprocess
import sys

print("buffered by python")
subprocess.run(["echo", "echo writes first"])
os.system("echo system too; echo to stderr >&2")
sys.stdout.flush()
print("end")
subprocess.run(["sh", "-c", "echo last but before 'end'"])
