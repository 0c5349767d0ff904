# attack: Overwrites the interpreter's code, through /proc/self/mem.
# layer: pages of code are private copies once they are written to
# second: none
# sites: rootless guest
from attack import *

with open("/proc/self/maps") as maps:
    line = next(line for line in maps if " r-xp " in line and "python" in line)
at = int(line.split("-")[0], 16)
with open("/proc/self/mem", "r+b", buffering=0) as memory:
    memory.seek(at)
    before = memory.read(8)
    memory.seek(at)
    memory.write(b"poisoned")
path = line.split()[-1]
with open(path, "rb") as file:
    if b"poisoned" in file.read():
        fell("the image's file was overwritten")
end()
