# Lets many epoll sets watch many descriptors. The job holds few descriptors, no lock and no socket.
import os
import select
import time

events = [os.eventfd(0) for _ in range(2000)]
watches = []
for _ in range(2000):
    watches.append(select.epoll())
    for event in events:
        watches[-1].register(event, select.EPOLLIN)
time.sleep(60)
