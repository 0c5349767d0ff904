import os

go_r, go_w = os.pipe()
done_r, done_w = os.pipe()
child = os.fork()
if child == 0:
    if os.fork() == 0:
        os.read(go_r, 1)
        os.write(done_w, f"orphan's parent is {os.getppid()}".encode())
    os._exit(0)
os.waitpid(child, 0)
os.write(go_w, b"x")
print(os.read(done_r, 100))
