# Fills the accept queues of many listeners. A connection that no process has accepted is charged to
# no cgroup.
import socket
import time

listeners = []
for _ in range(220):
    listener = socket.create_server(("127.0.0.1", 0), backlog=4096)
    listeners.append(listener)
for _ in range(4096):
    for listener in listeners:
        client = socket.socket()
        client.setblocking(False)
        client.connect_ex(listener.getsockname())
        client.close()
time.sleep(60)
