# Fills the buffers of TCP sockets whose other ends don't read.
import contextlib
import socket
import time

listener = socket.create_server(("127.0.0.1", 0))
pairs = []
piece = bytes(1 << 16)
for _ in range(120):
    client = socket.create_connection(listener.getsockname())
    server, _ = listener.accept()
    pairs.append((client, server))
    for end in (client, server):
        end.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            while True:
                end.send(piece)
time.sleep(60)
