# attack: Executes itself for ever, so that no clock of a process counts.
# layer: the wall clock runs in the warden
# second: the CPU clock of the cgroup
# ends: wall_time_exceeded cpu_time_exceeded
# sites: rootless guest
# limits: wall_ms=1200 cpu_ms=1200
import os
import sys

os.execv(sys.executable, [sys.executable, "main.py"])
