# An honest program that holds a lock, a connection and some descriptors while it works.
import fcntl
import os
import socket
import time

listener = socket.create_server(("127.0.0.1", 0))
client = socket.create_connection(listener.getsockname())
server, _ = listener.accept()
descriptors = [os.eventfd(0) for _ in range(50)]
total = 0
with open("/tmp/state", "w") as file:
    fcntl.lockf(file, fcntl.LOCK_EX)
    for number in range(1, 100_001):
        total += number
        if number % 2000 == 0:
            client.sendall(b"x" * 1000)
            assert len(server.recv(1000, socket.MSG_WAITALL)) == 1000
            time.sleep(0.1)
print(total, "done")
