import os

print("before")
for code in (0, 3, 255):
    child = os.fork()
    if child == 0:
        os._exit(code)
    pid, status = os.waitpid(child, 0)
    print(pid == child, os.waitstatus_to_exitcode(status))
print(os.getpid() == int(os.readlink("/proc/self")))
try:
    os.wait()
except ChildProcessError as error:
    print(error)
