# attack: Has a child claim that the job ended well, and then goes on.
# layer: the warden takes the end of the job's own process only
# second: the mark's bits are checked against the pid of the listener's process
# ends: signaled
from attack import *

# CB_EXIT_MARK, with status 0.
for _ in range(20):
    pid = os.fork()
    if pid == 0:
        libc.syscall(231, 0x0CB0DE00)
        os._exit(0)
    os.waitpid(pid, 0)
os.kill(os.getpid(), 9)
