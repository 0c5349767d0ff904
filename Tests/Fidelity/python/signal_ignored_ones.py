import os
import signal

for number in (signal.SIGPIPE, signal.SIGXFSZ, signal.SIGCHLD, signal.SIGURG, signal.SIGWINCH, signal.SIGCONT):
    os.kill(os.getpid(), number)
print("alive")
