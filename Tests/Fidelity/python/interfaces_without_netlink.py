import ctypes, os, socket, subprocess, sys

PROGRAM = """
import ctypes, socket
print(socket.if_nameindex(), socket.if_nametoindex("lo"), socket.if_indextoname(1))
for wrong in ("eth0", ""):
    try:
        print(socket.if_nametoindex(wrong))
    except OSError as error:
        print(error)

class Address(ctypes.Structure):
    pass

Address._fields_ = [("next", ctypes.POINTER(Address)), ("name", ctypes.c_char_p),
                    ("flags", ctypes.c_uint), ("address", ctypes.c_void_p),
                    ("netmask", ctypes.c_void_p), ("other", ctypes.c_void_p)]
libc = ctypes.CDLL(None, use_errno=True)
first = ctypes.POINTER(Address)()
print(libc.getifaddrs(ctypes.byref(first)))
one = first
while one:
    it = one.contents
    size = {2: 16, 10: 28, 17: 20}
    bytes_ = [ctypes.string_at(at, size[ctypes.c_ushort.from_address(at).value]).hex() if at
              else None for at in (it.address, it.netmask, it.other)]
    print(it.name, hex(it.flags), *bytes_)
    one = it.next
libc.freeifaddrs(first)
print(socket.getaddrinfo("localhost", 80, type=socket.SOCK_STREAM))
print(socket.getaddrinfo("127.0.0.1", 80, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG))
"""
exec(PROGRAM)
sys.stdout.flush()
print(subprocess.run([sys.executable, "-c", PROGRAM]).returncode, "LD_PRELOAD" in os.environ)
