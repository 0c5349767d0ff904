import os
import resource
import subprocess

before = resource.getrusage(resource.RUSAGE_CHILDREN)
print(before.ru_utime == 0, before.ru_maxrss == 0)
subprocess.run(["true"])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss > 0, os.times().elapsed > 0)
