# attack: Closes everything, and goes on in silence.
# layer: the wall clock
# second: PID 1 tells the end, not the pipes
# ends: wall_time_exceeded
# limits: wall_ms=500
import os
import time

os.closerange(0, 65536)
time.sleep(3600)
