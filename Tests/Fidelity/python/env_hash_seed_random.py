import os
import sys

print(sys.flags.hash_randomization, os.environ["PYTHONHASHSEED"])
