import sys

print(hash("hello"), hash(b"bytes"), list({"one", "two", "three", "four"}), sys.flags.hash_randomization)
