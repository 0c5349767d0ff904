# attack: Leaves children that it never waits for.
# layer: the pids cgroup counts them
# second: PID 1 reaps what is orphaned
# sites: rootless guest
# limits: processes=24
# host: pids=80
from attack import *


def fork_all():
    for _ in range(1000):
        if os.fork() == 0:
            os._exit(0)
    return "1,000 zombies"


refused("zombies", fork_all, "EAGAIN")
end()
