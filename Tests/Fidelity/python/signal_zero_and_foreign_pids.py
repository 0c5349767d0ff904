import os

os.kill(os.getpid(), 0)
os.kill(0, 0)
for pid in (999999, 1):
    try:
        print(os.kill(pid, 0))
    except OSError as error:
        print(type(error).__name__)
try:
    os.kill(os.getpid(), 99)
except OSError as error:
    print(error)
