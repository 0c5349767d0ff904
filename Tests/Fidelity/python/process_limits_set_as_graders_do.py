# What graders and contest preambles begin with: a large stack and no core, with the hard limit
# named as unlimited.
import resource
import subprocess
import sys
import threading

ALL = resource.RLIM_INFINITY
resource.setrlimit(resource.RLIMIT_STACK, (64 << 20, ALL))
print(resource.getrlimit(resource.RLIMIT_STACK))
resource.setrlimit(resource.RLIMIT_STACK, (ALL, ALL))
print(resource.getrlimit(resource.RLIMIT_STACK))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
for name, soft in (("CPU", 5), ("FSIZE", 1 << 20), ("DATA", 1 << 30), ("AS", 4 << 30), ("RSS", 1)):
    number = getattr(resource, "RLIMIT_" + name)
    resource.setrlimit(number, (soft, ALL))
    print(name, resource.getrlimit(number))
sys.setrecursionlimit(1 << 20)
threading.stack_size(128 << 20)


def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)


thread = threading.Thread(target=lambda: print(depth(50_000)))
thread.start()
thread.join()
script = "ulimit -c 0 && echo ok; ulimit -s; ulimit -Hs; ulimit -s 1024 && ulimit -s"
print(subprocess.run(["sh", "-c", script], capture_output=True, text=True))
