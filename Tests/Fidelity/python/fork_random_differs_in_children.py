import os
import random
import uuid

random.seed(1)
seen = {random.random()}
for _ in range(3):
    r, w = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(w, f"{random.random()} {uuid.uuid4()}".encode())
        os._exit(0)
    os.waitpid(child, 0)
    text = os.read(r, 100).decode().split()
    seen |= set(text)
    os.close(r), os.close(w)
print(len(seen))
