# Holds timer descriptors in many processes. What is behind them is charged to no cgroup.
import ctypes
import os
import time

libc = ctypes.CDLL(None)
for _ in range(200):
    if os.fork() == 0:
        while libc.timerfd_create(1, 0) >= 0:
            pass
        time.sleep(60)
time.sleep(60)
