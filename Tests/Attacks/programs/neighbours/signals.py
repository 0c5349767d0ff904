# attack: Signals every process that it can reach, with every signal.
# layer: the pid namespace
# second: another uid
# sites: rootless guest
import signal

from attack import *

for number in range(1, 65):
    if number in (signal.SIGKILL, signal.SIGSTOP):
        continue
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
for number in range(1, 65):
    for pid in (-1, 1, 0):
        # libc keeps 32 and 33 for itself.
        if pid == 0 and number in (signal.SIGKILL, signal.SIGSTOP, 32, 33):
            continue
        try:
            os.kill(pid, number)
        except OSError:
            pass
end()
