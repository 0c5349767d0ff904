import os
import sys

sys.stdout.reconfigure(line_buffering=True)
print("line buffered")
os.write(1, b"os.write\n")
sys.stdout.reconfigure(write_through=True, line_buffering=False)
print("through", end=" ")
os.write(1, b"os.write\n")
sys.stdout.reconfigure(encoding="latin-1", errors="replace", newline="\r\n")
print("grüße 日本")
