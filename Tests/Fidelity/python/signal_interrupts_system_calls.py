import os
import signal
import time

count = 0


def handler(number, frame):
    global count
    count += 1
    if count == 3:
        # Before the fourth, which on a busy machine could come before this one's answer is read.
        signal.setitimer(signal.ITIMER_REAL, 0)
        os.write(w, b"third")


r, w = os.pipe()
signal.signal(signal.SIGALRM, handler)
signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)
print(os.read(r, 100), count)
start = time.monotonic()
signal.setitimer(signal.ITIMER_REAL, 0.01)
time.sleep(0.05)
print(count, time.monotonic() - start >= 0.05)
