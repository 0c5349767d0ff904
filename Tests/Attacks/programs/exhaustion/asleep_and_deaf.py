# attack: Sleeps beyond its time, with every signal ignored.
# layer: the warden's wall clock and SIGKILL
# second: the supervisor restarts a warden that hangs
# ends: wall_time_exceeded
# sites: rootless guest
# limits: wall_ms=500
import signal
import time

for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
while True:
    time.sleep(3600)
