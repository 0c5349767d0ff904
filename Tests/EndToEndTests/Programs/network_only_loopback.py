import socket, fcntl, struct

s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
flags = struct.unpack("16sH14s", fcntl.ioctl(s, 0x8913, struct.pack("16sH14s", b"lo", 0, b"")))[1]
dev = [l.split(":")[0].strip() for l in open("/proc/net/dev").readlines()[2:]]
routes = len(open("/proc/net/route").readlines()) - 1
print(json.dumps([dev, bool(flags & 1), routes]))
