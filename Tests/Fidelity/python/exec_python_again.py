import os
import sys

if len(sys.argv) == 1:
    print("first", flush=True)
    os.execv(sys.executable, [sys.executable, __file__, "second"])
print(sys.argv, os.getcwd(), sys.flags.isolated, os.listdir("/proc/self/fd"))
