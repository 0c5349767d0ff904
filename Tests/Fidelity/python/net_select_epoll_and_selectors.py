import os
import select
import selectors
import socket

a, b = socket.socketpair()
poller = select.epoll()
poller.register(a, select.EPOLLIN | select.EPOLLET)
print(poller.poll(0.01))
b.send(b"x")
print([(fd == a.fileno(), event) for fd, event in poller.poll(1)])
print(select.select([a], [b], [], 1)[0] == [a])
selector = selectors.DefaultSelector()
selector.register(a, selectors.EVENT_READ, "data")
print([key.data for key, _ in selector.select(1)], type(selector).__name__)
number = os.eventfd(3)
print(os.eventfd_read(number), os.pipe2(os.O_NONBLOCK) is not None)
timer = os.timerfd_create(0) if hasattr(os, "timerfd_create") else None
if timer:
    os.timerfd_settime(timer, initial=0.01)
    print(os.read(timer, 8))
