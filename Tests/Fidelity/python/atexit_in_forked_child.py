import atexit
import os

atexit.register(lambda: print("handler in", "child" if os.getpid() != parent else "parent"))
parent = os.getpid()
child = os.fork()
if child:
    print("waited", os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
else:
    print("child ends")
    raise SystemExit(3)
