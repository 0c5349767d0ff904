import os
import sys

child = os.fork()
if child:
    os.waitpid(child, 0)
    print("parent")
else:
    binary = sys.stdout.detach()
    sys.stdout = None
    binary.write(b"child\n")
