import os

try:
    print(os.waitpid(-1, os.WNOHANG))
except ChildProcessError as error:
    print(error)
path = f"/proc/self/task/{os.getpid()}/children"
print(open(path).read() if os.path.exists(path) else "the kernel does not tell children")
