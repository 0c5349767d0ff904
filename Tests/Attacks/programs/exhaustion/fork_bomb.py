# attack: Forks in all of its processes, as fast as it can.
# layer: the pids cgroup
# second: the cgroup around all sandboxes
# ends: wall_time_exceeded cpu_time_exceeded
# sites: rootless guest
# limits: wall_ms=1500 cpu_ms=1500 processes=24
# host: pids=80 memory=512M
import os

while True:
    try:
        os.fork()
    except OSError:
        pass
