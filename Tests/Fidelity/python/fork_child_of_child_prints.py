import os
import sys

sys.stdout.flush()
child = os.fork()
if child == 0:
    grandchild = os.fork()
    if grandchild == 0:
        print("grandchild", os.getppid() != 1)
        sys.exit(5)
    print("child saw", os.waitstatus_to_exitcode(os.waitpid(grandchild, 0)[1]))
    sys.exit(6)
print("parent saw", os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
