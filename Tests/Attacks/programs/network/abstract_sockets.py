# attack: Connects to abstract sockets of the host, such as X11's and D-Bus's.
# layer: the network namespace has abstract names of its own
# second: none
import socket

from attack import *

for name in ("\0/tmp/.X11-unix/X0", "\0/tmp/dbus-x", "\0codebox", "\0warden", "\0containerd"):
    one = socket.socket(socket.AF_UNIX)
    refused(name, lambda: one.connect(name), "ECONNREFUSED")
inside = [line.split()[-1] for line in open("/proc/net/unix").readlines()[1:]]
for name in inside:
    if name.startswith("@"):
        fell(name)
end()
