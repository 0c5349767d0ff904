import os
import signal

ended = []


def handler(number, frame):
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        ended.append(os.waitstatus_to_exitcode(status))


signal.signal(signal.SIGCHLD, handler)
for code in (1, 2, 3):
    if os.fork() == 0:
        os._exit(code)
while len(ended) < 3:
    signal.sigtimedwait([], 0.01)
print(sorted(ended))
