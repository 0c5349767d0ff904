import sys

print(sys.flags)
print(sys.flags.safe_path, sys.flags.isolated, sys.flags.hash_randomization, __debug__)
