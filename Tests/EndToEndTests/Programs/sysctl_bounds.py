import socket
import time


def waiting():
    """How many closed connections a listener's queue takes."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(4096)
    listener.setblocking(False)
    for _ in range(500):
        one = socket.socket()
        one.setblocking(False)
        one.connect_ex(listener.getsockname())
        one.close()
    time.sleep(0.2)
    for count in range(501):
        try:
            listener.accept()[0].close()
        except BlockingIOError:
            return count


def held():
    """How many bytes one connection buffers, once the kernel has widened its buffers."""
    listener = socket.create_server(("127.0.0.1", 0))
    one = socket.create_connection(listener.getsockname())
    other = listener.accept()[0]
    for _ in range(400):
        one.sendall(bytes(1 << 16))
        left = 1 << 16
        while left:
            left -= len(other.recv(left))
    one.setblocking(False)
    for count in range(1024):
        try:
            one.sendall(bytes(1 << 16))
        except BlockingIOError:
            return count << 16


def left():
    """How many closed connections the kernel keeps."""
    listener = socket.create_server(("127.0.0.1", 0))
    for _ in range(1500):
        one = socket.create_connection(listener.getsockname())
        other = listener.accept()[0]
        one.close()
        other.close()
    with open("/proc/net/sockstat") as file:
        (line,) = (line.split() for line in file if line.startswith("TCP:"))
    return int(line[line.index("tw") + 1])


print(json.dumps([waiting(), held(), left()]))
