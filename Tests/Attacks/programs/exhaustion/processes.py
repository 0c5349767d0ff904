# attack: Keeps more processes than its limit.
# layer: the pids cgroup
# second: the cgroup around all sandboxes
# off: cgroup
# sites: rootless guest
# limits: processes=16
# host: pids=60
import time

from attack import *


def fork_all():
    for _ in range(80):
        if os.fork() == 0:
            time.sleep(2)
            os._exit(0)
    return "80 processes"


refused("processes", fork_all, "EAGAIN")
end()
