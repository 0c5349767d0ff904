import sys

print(len(sys.argv), sys.argv[1], sys.argv[-1], sum(map(len, sys.argv)))
