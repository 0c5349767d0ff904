import signal
import time

signal.setitimer(signal.ITIMER_REAL, 0)
try:
    signal.raise_signal(signal.SIGINT)
except KeyboardInterrupt as error:
    print("caught", repr(error))
print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)
