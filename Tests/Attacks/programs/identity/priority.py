# attack: Takes a priority over others: niceness, real time, the OOM killer's score.
# layer: seccomp and RLIMIT_NICE
# second: the cgroup's quota and weight
# sites: rootless guest
from attack import *

for policy in (os.SCHED_FIFO, os.SCHED_RR):
    refused("real time", lambda: os.sched_setscheduler(0, policy, os.sched_param(1)), "EPERM")
refused("niceness", lambda: os.nice(-1), "EPERM", "EACCES")
refused("niceness", lambda: os.setpriority(os.PRIO_PGRP, 0, -20), "EPERM", "EACCES")


def spared():
    with open("/proc/self/oom_score_adj", "w") as file:
        file.write("-1000")


refused("the OOM killer's score", spared, "EACCES", "EPERM", "EROFS")
end()
