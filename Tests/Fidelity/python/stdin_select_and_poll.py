import select
import sys

print(select.select([sys.stdin], [], [], 2)[0] == [sys.stdin])
poll = select.poll()
poll.register(0, select.POLLIN)
print(sys.stdin.buffer.raw.read(100))
events = poll.poll(2000)
print(events[0][0], bool(events[0][1] & select.POLLHUP))
