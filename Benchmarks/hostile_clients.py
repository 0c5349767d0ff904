#!/usr/bin/env python3
"""Hostile clients of one server, in a process of their own; hostile.py starts it.

    hostile_clients.py PORT CONNECTIONS BODIES SECONDS

Holds CONNECTIONS connections of six kinds open, and opens a new one for each that the server
closes. Sends BODIES bodies of 16 MB a second. Prints a line when it begins, and at the end, as
JSON, how the server answered.
"""

import collections
import json
import select
import socket
import sys
import threading
import time
from dataclasses import dataclass

BODY_BYTES = (16 << 20) - 1024
TICK_SECONDS = 0.1
# Connections that are opened in one tick, so that opening them is not all this process does.
OPENED_AT_ONCE = 200
EVENTS_AT_ONCE = 512
HEAD = "POST {} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"


@dataclass
class Kind:
    name: str
    first: bytes
    # Sent once a second from then on.
    again: bytes = b""
    reads: bool = True


GET = b"GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n"
KINDS = (
    Kind("silent", b""),
    Kind("slow head", b"POST /v1/run HTTP/1.1\r\nHost: localhost\r\nX: ", b"x"),
    Kind("slow body", HEAD.format("/v1/run").encode() + b"Content-Length: 65536\r\n\r\n{", b" "),
    Kind("idle", GET % b"/healthz"),
    Kind("never reads", (GET % b"/openapi.json") * 20, reads=False),
    Kind("not HTTP", b"\x16\x03\x01\x02\x00\r\nnonsense\r\n\r\n"),
)


def bodies():
    """Four requests, each of which took seconds to decode before decoding had bounds."""
    pieces = (
        ("/v1/run", '{"runtime":"bash"', lambda i: f',"k{i}":0'),
        ("/v1/run", '{"runtime":"bash","args":[""', lambda i: ',""'),
        ("/v1/jobs", '{"runtime":"bash","env":{"a":""', lambda i: f',"k{i}":""'),
        ("/v1/batch", '{"jobs":[{}', lambda i: ',{"x":[0,0,0,0]}'),
    )
    for path, head, piece in pieces:
        parts, size, index = [head], len(head), 0
        while size < BODY_BYTES:
            parts.append(piece(index))
            size += len(parts[-1])
            index += 1
        body = "".join(parts)[:BODY_BYTES].encode()
        yield HEAD.format(path).encode() + b"Content-Length: %d\r\n\r\n" % len(body) + body


class Connections:
    """Keeps connections open, each of one kind."""

    def __init__(self, port, count):
        self.port = port
        self.missing = collections.Counter(
            {index: count // len(KINDS) for index in range(len(KINDS))})  # fmt: skip
        self.open = {}
        self.poll = select.epoll()
        self.closed = collections.Counter()
        self.most = 0

    def tick(self, is_second):
        for index in list(self.missing):
            for _ in range(min(self.missing[index], OPENED_AT_ONCE // len(KINDS))):
                self._begin(index)
        self.most = max(self.most, len(self.open))
        if is_second:
            for number, (connection, index) in list(self.open.items()):
                self._send(number, connection, KINDS[index].again)
        for number, events in self.poll.poll(0, EVENTS_AT_ONCE):
            self._look_at(number, events)

    def _begin(self, index):
        connection = socket.socket()
        connection.setblocking(False)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect_ex(("127.0.0.1", self.port))
        self.missing[index] -= 1
        self.open[connection.fileno()] = (connection, index)
        # The first bytes are sent once it is connected.
        self.poll.register(connection, select.EPOLLOUT | select.EPOLLRDHUP)

    def _look_at(self, number, events):
        connection, index = self.open[number]
        if events & (select.EPOLLERR | select.EPOLLHUP | select.EPOLLRDHUP):
            return self._end(number)
        if events & select.EPOLLOUT:
            reading = select.EPOLLIN if KINDS[index].reads else 0
            self.poll.modify(connection, select.EPOLLRDHUP | reading)
            return self._send(number, connection, KINDS[index].first)
        try:
            if not connection.recv(65536):
                self._end(number)
        except BlockingIOError:
            pass
        except OSError:
            self._end(number)

    def _send(self, number, connection, data):
        try:
            if data:
                connection.send(data)
        except BlockingIOError:
            pass
        except OSError:
            self._end(number)

    def _end(self, number):
        connection, index = self.open.pop(number)
        connection.close()
        self.closed[KINDS[index].name] += 1
        self.missing[index] += 1


def send_body(port, request, answers):
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
            connection.sendall(request)
            answers[connection.recv(65536)[9:12].decode() or "closed"] += 1
    except OSError as error:
        answers[type(error).__name__] += 1


def send_bodies(port, requests, each_second, end, answers):
    threads, index, begun = [], 0, time.monotonic()
    while time.monotonic() < end:
        due = begun + index / each_second
        time.sleep(max(0, due - time.monotonic()))
        thread = threading.Thread(
            target=send_body, args=(port, requests[index % len(requests)], answers))  # fmt: skip
        thread.start()
        threads.append(thread)
        index += 1
    for thread in threads:
        thread.join()


def main():
    port, count, each_second, seconds = (int(text) for text in sys.argv[1:5])
    requests = list(bodies()) if each_second else []
    print("ready", flush=True)
    end = time.monotonic() + seconds
    connections = Connections(port, count)
    answers = collections.Counter()
    sender = threading.Thread(
        target=send_bodies, args=(port, requests, each_second, end, answers))  # fmt: skip
    if each_second:
        sender.start()
    tick = 0
    while time.monotonic() < end:
        connections.tick(tick % round(1 / TICK_SECONDS) == 0)
        tick += 1
        time.sleep(TICK_SECONDS)
    if each_second:
        sender.join()
    print(json.dumps(
        {"most": connections.most, "closed": connections.closed, "bodies": answers}))  # fmt: skip


main()
