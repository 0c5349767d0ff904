import io
import sys

print("text of the first wrapper", end="\n")
sys.stdout = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8")
print("text of the second wrapper")
