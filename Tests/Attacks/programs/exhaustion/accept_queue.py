# attack: Fills a listener's queue with connections that it closed: kernel memory of no cgroup.
# sites: rootless guest
# layer: net.core.somaxconn is 128 in the sandbox's network namespace
# second: a job's descriptors are bounded, and so are its listeners
# off: sysctls
import socket
import time

from attack import *

listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen(4096)
listener.setblocking(False)
for _ in range(500):
    one = socket.socket()
    one.setblocking(False)
    one.connect_ex(listener.getsockname())
    # Closed without a word: what the kernel made for the other end stays in the queue.
    one.close()
time.sleep(0.2)
waiting = 0
while waiting < 500:
    try:
        listener.accept()[0].close()
    except BlockingIOError:
        break
    waiting += 1
if waiting < 64:
    print(f"only {waiting} connections came to wait: this attack tries nothing")
    sys.exit(1)
# The kernel admits one more than the bound.
if waiting > 129:
    fell(f"{waiting} connections waited")
end()
