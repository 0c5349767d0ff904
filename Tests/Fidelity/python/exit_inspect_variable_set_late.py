import os
import sys

os.environ["PYTHONINSPECT"] = "1"
print(sys.flags.inspect)
sys.exit(4)
