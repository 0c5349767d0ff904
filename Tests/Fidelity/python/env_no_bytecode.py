import os
import sys

import own

print(sys.dont_write_bytecode, sys.flags, sorted(os.listdir(".")), own.__file__)
