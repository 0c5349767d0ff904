import sys

sys.path.insert(0, "lib")
import heapq
import json

print(json.__file__, heapq.__file__)
