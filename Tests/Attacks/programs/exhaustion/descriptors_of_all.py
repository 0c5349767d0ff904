# attack: Opens files in all of its processes.
# layer: RLIMIT_NOFILE and the pids cgroup
# second: the memory cgroup counts files
# sites: guest
# limits: processes=16 open_files=128
# host: files=3000
import time

from attack import *

for _ in range(14):
    if os.fork() == 0:
        keep = []
        try:
            while len(keep) < 1000:
                keep.append(os.open("/dev/null", os.O_RDONLY))
        except OSError:
            pass
        time.sleep(0.3)
        os._exit(0 if len(keep) <= 128 else 1)
for _ in range(14):
    if os.waitstatus_to_exitcode(os.wait()[1]) != 0:
        fell("more files than the limit")
end()
