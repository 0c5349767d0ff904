import mmap
import os

with open("file", "w+b") as file:
    file.truncate(1 << 20)
    with mmap.mmap(file.fileno(), 0) as view:
        view[100:105] = b"hello"
        view.flush()
        print(view.find(b"llo"), len(view))
    file.seek(100)
    print(file.read(5), os.stat("file").st_size)
anonymous = mmap.mmap(-1, 4096)
child = os.fork()
if child == 0:
    anonymous[:6] = b"shared"
    os._exit(0)
os.waitpid(child, 0)
print(anonymous[:6], mmap.PAGESIZE)
