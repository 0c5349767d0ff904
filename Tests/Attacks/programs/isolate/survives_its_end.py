# attack: Leaves a daemon that outlives the job.
# layer: the pid namespace ends with PID 1
# second: the cgroup's processes are killed
# sites: rootless guest
import time

from attack import *

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.closerange(0, 100)
        time.sleep(3600)
    os._exit(0)
os.wait()
end()
