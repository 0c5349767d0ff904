# Takes timers, and then queued signals of a blocked real-time number, until there are no more.
import ctypes, os, signal, time

libc = ctypes.CDLL(None, use_errno=True)
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGRTMIN])
timer = ctypes.c_void_p()
timers = 0
while timers < 700 and libc.timer_create(1, None, ctypes.byref(timer)) == 0:
    timers += 1
signals = 0
while libc.sigqueue(os.getpid(), int(signal.SIGRTMIN), None) == 0:
    signals += 1
with open("counting", "w") as file:
    file.write(f"{timers} {signals}")
os.rename("counting", "full")
time.sleep(60)
