import os
import signal

signal.signal(signal.SIGTERM, lambda *arguments: None)
child = os.fork()
if child == 0:
    os.setpgid(0, 0)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.killpg(0, signal.SIGTERM)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
signal.signal(signal.SIGTERM, signal.SIG_DFL)
os.killpg(os.getpgrp(), signal.SIGTERM)
