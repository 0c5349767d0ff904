import os
import sys

print(sys.flags.optimize, sys.flags.dont_write_bytecode, sys.path[1:3], sys.flags.dev_mode, __debug__)
assert False, "not checked with -O"
print(sys.stdout.write_through, sys.stdout.encoding, os.environ["PYTHONPATH"])
