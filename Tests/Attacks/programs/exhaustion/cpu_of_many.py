# attack: Burns CPU in many processes, each below every limit of its own.
# layer: the warden counts the CPU time of the cgroup
# second: the cgroup's quota
# ends: cpu_time_exceeded
# sites: rootless guest
# limits: cpu_ms=400 wall_ms=6000 processes=8
# host: pids=60
import os

for _ in range(2):
    os.fork()
while True:
    pass
