import os
import signal

for number in (signal.SIGTERM, signal.SIGKILL, signal.SIGSEGV, signal.SIGUSR1):
    child = os.fork()
    if child == 0:
        os.kill(os.getpid(), number)
        signal.pause()
    status = os.waitpid(child, 0)[1]
    print(number.name, os.WIFSIGNALED(status), os.WTERMSIG(status), os.waitstatus_to_exitcode(status))
