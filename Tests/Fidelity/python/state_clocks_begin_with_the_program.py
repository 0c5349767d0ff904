import resource
import time

print(time.process_time() < 2, time.thread_time() < 2, time.perf_counter() > 0)
print(resource.getrusage(resource.RUSAGE_SELF).ru_utime < 2, resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime)
print(time.get_clock_info("monotonic").implementation, abs(time.time() - time.time_ns() / 1e9) < 1)
