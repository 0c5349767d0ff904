import os

try:
    os.open("/dev/tty", os.O_RDWR)
except OSError as error:
    print(error)
try:
    print(os.tcgetpgrp(0))
except OSError as error:
    print(error)
try:
    os.setsid()
except OSError as error:
    print(error)
print(os.ctermid(), open("/proc/self/stat").read().split()[6])
