import os
import sys

print(os.read(0, 4))
print(sys.stdin.buffer.read(3), sys.stdin.buffer.peek(1)[:2], sys.stdin.buffer.readline())
print(list(sys.stdin.buffer.read()))
