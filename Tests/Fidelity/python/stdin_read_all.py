import sys

text = sys.stdin.read()
print(len(text), repr(text[:20]), repr(text[-5:]), repr(sys.stdin.read()))
