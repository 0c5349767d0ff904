# attack: Signals PID 1, or changes how it is scheduled.
# layer: the job has another uid than PID 1
# second: the kernel ignores signals to a PID 1 from its own namespace
# off: ids
# sites: guest
import signal

from attack import *

refused("signal 0", lambda: os.kill(1, 0), "EPERM")
refused("niceness", lambda: os.setpriority(os.PRIO_PROCESS, 1, 19), "EPERM", "EACCES")
refused("affinity", lambda: os.sched_setaffinity(1, {0}), "EPERM")
refused("STOP", lambda: os.kill(1, signal.SIGSTOP), "EPERM")
refused("by a pidfd", lambda: signal.pidfd_send_signal(os.pidfd_open(1), 0), "EPERM")
end()
