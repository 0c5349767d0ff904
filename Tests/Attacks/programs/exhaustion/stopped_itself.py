# attack: Stops itself and its child, with signals blocked.
# layer: the warden's wall clock and SIGKILL
# second: none
# ends: wall_time_exceeded
# sites: rootless guest
# limits: wall_ms=500
import os
import signal

signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
if os.fork() == 0:
    os.kill(os.getpid(), signal.SIGSTOP)
os.kill(os.getpid(), signal.SIGSTOP)
