# attack: Has a timer fire as often as the kernel can.
# layer: the CPU clock
# second: the wall clock
# ends: wall_time_exceeded cpu_time_exceeded
# limits: wall_ms=800 cpu_ms=800
import signal

signal.signal(signal.SIGALRM, lambda *_: None)
signal.setitimer(signal.ITIMER_REAL, 0.00001, 0.00001)
while True:
    pass
