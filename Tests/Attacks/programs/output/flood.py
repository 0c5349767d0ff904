# attack: Writes to both outputs as fast as it can.
# layer: the output is cut and counted
# second: the clocks
# ends: wall_time_exceeded cpu_time_exceeded
# limits: wall_ms=1000 cpu_ms=1000
# host: memory=512M
import os
import threading


def flood(handle):
    while True:
        os.write(handle, b"x" * 65536)


threading.Thread(target=flood, args=(2,)).start()
flood(1)
