import signal
import time


def handler(number, frame):
    raise TimeoutError("time is up")


signal.signal(signal.SIGALRM, handler)
try:
    signal.setitimer(signal.ITIMER_REAL, 0.02)
    time.sleep(4)
except TimeoutError as error:
    print("caught", error)
signal.setitimer(signal.ITIMER_REAL, 0.2)
time.sleep(4)
