# attack: Sends into TCP connections whose other end never reads: the machine's pool of buffers.
# sites: rootless guest
# layer: tcp_wmem and tcp_rmem end at 256 KiB in the sandbox's network namespace
# second: sockets count as memory (memory.kmem.tcp on v1)
# off: sysctls
import socket

from attack import *

listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen()
one = socket.create_connection(listener.getsockname())
other = listener.accept()[0]
# A reader at first lets the kernel widen both buffers as far as it may.
for _ in range(400):
    one.sendall(bytes(1 << 16))
    left = 1 << 16
    while left:
        left -= len(other.recv(left))
one.setblocking(False)
held = 0
while held < 64 << 20:
    try:
        held += one.send(bytes(1 << 16))
    except BlockingIOError:
        break
if held < 1 << 16:
    print(f"only {held} bytes were held: this attack tries nothing")
    sys.exit(1)
# Each side's 256 KiB count the kernel's own part of a packet as well.
if held > 1 << 20:
    fell(f"{held} bytes in one connection")
end()
