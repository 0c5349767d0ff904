# attack: Orphans hundreds of processes, for PID 1 to drown in.
# layer: PID 1 reaps them
# second: the pids cgroup
# sites: rootless guest
# limits: processes=12 wall_ms=20000
# host: pids=60
import time

from attack import *

for _ in range(200):
    pid = os.fork()
    if pid == 0:
        for _ in range(200):
            try:
                if os.fork() == 0:
                    os._exit(0)
                os._exit(0)
            except BlockingIOError:
                time.sleep(0.005)
        os._exit(1)
    if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) != 0:
        sys.exit("there was no room for a process: PID 1 does not reap")
end()
