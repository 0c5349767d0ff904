import os
import signal

print("before")
try:
    os.kill(os.getpid(), signal.SIGINT)
    print("never")
finally:
    print("finally")
