import sys

print(hash("hello"), {"one", "two", "three", "four"}, sys.flags.hash_randomization)
