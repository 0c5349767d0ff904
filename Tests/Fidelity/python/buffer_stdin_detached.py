import sys

binary = sys.stdin.detach()
print(binary.readline())
print(binary.read())
