import socket
import urllib.request

with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    port = probe.getsockname()[1]
try:
    socket.create_connection(("127.0.0.1", port), 1)
except OSError as error:
    print(type(error).__name__)
try:
    socket.create_connection(("192.0.2.1", 80), 1)
except OSError as error:
    print(error)
try:
    urllib.request.urlopen("http://example.invalid/", timeout=1)
except OSError as error:
    print(error)
print(socket.gethostbyname("localhost"), socket.getservbyname("http"), socket.if_nameindex())
