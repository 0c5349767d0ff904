# Fills the buffers of TCP sockets whose other ends don't read.
import contextlib
import socket
import time


def widen(end):
    # As much as the kernel lets a program ask for, which is more than what a socket gets by itself.
    for buffer in (socket.SO_SNDBUF, socket.SO_RCVBUF):
        end.setsockopt(socket.SOL_SOCKET, buffer, 1 << 20)


listener = socket.create_server(("127.0.0.1", 0))
widen(listener)
pairs = []
piece = bytes(1 << 16)
for _ in range(120):
    client = socket.socket()
    widen(client)
    client.connect(listener.getsockname())
    server, _ = listener.accept()
    pairs.append((client, server))
    for end in (client, server):
        end.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            while True:
                end.send(piece)
time.sleep(60)
