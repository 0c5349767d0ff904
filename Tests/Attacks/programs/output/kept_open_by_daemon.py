# attack: Leaves the outputs open in a daemon, so that the answer never comes.
# layer: the pid namespace ends with the job's process
# second: the warden kills the cgroup
import time

from attack import *

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(3600)
    os._exit(0)
os.wait()
end()
