import socket
import socketserver
import threading


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            self.wfile.write(line[::-1].strip() + b"\n")


with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
    threading.Thread(target=server.serve_forever, args=(0.01,)).start()
    with socket.create_connection(server.server_address, 2) as client:
        client.sendall(b"abc\nxyz\n")
        client.shutdown(socket.SHUT_WR)
        print(client.makefile().read())
    server.shutdown()
a, b = socket.socketpair()
a.send(b"pair")
print(b.recv(10), socket.gethostname(), socket.getdefaulttimeout())
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagram:
    datagram.bind(("127.0.0.1", 0))
    datagram.sendto(b"udp", datagram.getsockname())
    print(datagram.recv(10))
with socket.socket(socket.AF_UNIX) as listener:
    listener.bind("/tmp/socket")
    listener.listen()
    with socket.socket(socket.AF_UNIX) as client:
        client.connect("/tmp/socket")
        print(listener.accept()[1] or "accepted")
