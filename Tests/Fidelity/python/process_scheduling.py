import os

print(os.nice(0), os.getpriority(os.PRIO_PROCESS, 0), os.sched_getscheduler(0), os.nice(3))
print(os.cpu_count() == len(os.sched_getaffinity(0)), os.sched_getparam(0).sched_priority)
