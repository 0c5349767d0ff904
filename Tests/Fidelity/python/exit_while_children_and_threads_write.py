import os
import threading


def work():
    threading.main_thread().join()
    os.write(go_w, b"x")
    os.waitpid(child, 0)
    print("thread after main's end")


go_r, go_w = os.pipe()
child = os.fork()
if child == 0:
    os.read(go_r, 1)
    os.write(1, b"child after main's end\n")
    os._exit(0)
threading.Thread(target=work).start()
print("main ends")
