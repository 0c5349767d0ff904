# attack: Floods the warden with marked exits from children and threads.
# layer: the listener's calls are taken from the job's process only
# second: each child is charged to the job
import threading

from attack import *

exit_group = {"x86_64": 231, "aarch64": 94}[os.uname().machine]
for _ in range(60):
    pid = os.fork()
    if pid == 0:
        libc.syscall(exit_group, 0x0CB0DE00 | 7)
        os._exit(7)
    os.waitpid(pid, 0)
thread = threading.Thread(target=lambda: None)
thread.start()
thread.join()
end()
