import fcntl
import os

for number in range(3):
    print(number, fcntl.fcntl(number, fcntl.F_GETFD), oct(fcntl.fcntl(number, fcntl.F_GETFL) & ~0o100000))
    print(os.lseek(number, 0, os.SEEK_CUR) if os.isatty(number) else "not a terminal")
