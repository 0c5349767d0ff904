"""Many requests in flight from one thread: connections that stay open, and an event loop."""

import collections
import itertools
import json
import selectors
import socket
import time

SILENCE_SECONDS = 60
BATCH_JOBS = 64
RECEIVE_BYTES = 1 << 18


class Fault(Exception):
    """An answer that should not have been."""


class Body:
    """Takes an answer apart as it comes: a length or chunks."""

    def __init__(self):
        self.raw = bytearray()
        self.status = None
        self.length = None  # of the whole body; of chunks: None
        self.is_complete = False
        self.body = bytearray()

    def feed(self, data):
        self.raw += data
        if self.status is None and not self._head():
            return
        if self.length is None:
            self._chunks()
        else:
            self.body += self.raw
            self.raw.clear()
            self.is_complete = len(self.body) >= self.length

    def _head(self):
        end = self.raw.find(b"\r\n\r\n")
        if end < 0:
            return False
        lines = bytes(self.raw[:end]).decode("latin-1").split("\r\n")
        self.status = int(lines[0].split(" ")[1])
        fields = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines[1:])}
        if fields.get("transfer-encoding") != "chunked":
            self.length = int(fields["content-length"])
        del self.raw[: end + 4]
        return True

    def _chunks(self):
        while (end := self.raw.find(b"\r\n")) > 0:
            size = int(bytes(self.raw[:end]), 16)
            if len(self.raw) < end + 2 + size + 2:
                return
            self.body += self.raw[end + 2 : end + 2 + size]
            del self.raw[: end + 2 + size + 2]
            if size == 0:
                self.is_complete = True
                return


class Connection:
    """One request at a time: its errands, and the answers as they come."""

    def __init__(self, port, is_batch):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.setblocking(False)
        self.is_batch = is_batch
        self.errands = {}
        self.unsent = memoryview(b"")
        self.body = None

    def begin(self, errands):
        if self.is_batch:
            self.errands = dict(enumerate(errands))
            jobs = [errand.job for errand in errands]
            path, body = "/v1/batch", json.dumps({"jobs": jobs}).encode()
        else:
            self.errands = {None: errands[0]}
            path, body = "/v1/run", json.dumps(errands[0].job).encode()
        head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n")  # fmt: skip
        self.unsent = memoryview(head.encode() + body)
        self.body = Body()
        self.begun = self.last_news = time.perf_counter()

    def send(self):
        """True once all is sent."""
        try:
            while self.unsent:
                self.unsent = self.unsent[self.socket.send(self.unsent) :]
        except BlockingIOError:
            return False
        return True

    def receive(self):
        """[(errand, answer)] of what came."""
        try:
            data = self.socket.recv(RECEIVE_BYTES)
        except BlockingIOError:
            return []
        if not data:
            raise Fault(f"the connection was closed with {len(self.errands)} jobs unanswered")
        self.last_news = time.perf_counter()
        self.body.feed(data)
        if self.body.status not in (None, 200):
            if not self.body.is_complete:
                return []
            raise Fault(f"status {self.body.status}: {bytes(self.body.body[:1000])!r}")
        return self._stream() if self.is_batch else self._whole()

    def _whole(self):
        if not self.body.is_complete:
            return []
        return [(self.errands.pop(None), json.loads(self.body.body))]

    def _stream(self):
        end = self.body.body.rfind(b"\n") + 1
        lines = bytes(self.body.body[:end]).splitlines()
        del self.body.body[:end]
        answered = []
        for line in lines:
            result = json.loads(line)
            self.is_done = result.get("done", False)
            errand = self.errands.pop(result.get("index"), None)
            if errand:
                answered.append((errand, result.get("job") or result))
            elif not self.is_done:
                raise Fault(f"a batch's line that answers nothing: {line[:500]!r}")
        if self.body.is_complete and (self.errands or not self.is_done):
            raise Fault(f"a batch ended with {len(self.errands)} jobs unanswered")
        return answered

    @property
    def is_free(self):
        return self.body is None or (self.body.is_complete and not self.errands)


class Client:
    """Runs errands; `on_answer(errand, answer, seconds or None)` checks each."""

    def __init__(self, port, in_flight, batches, on_answer, on_tick):
        self.connections = [Connection(port, False) for _ in range(in_flight)]
        self.connections += [Connection(port, True) for _ in range(batches)]
        self.on_answer, self.on_tick = on_answer, on_tick

    def run(self, errands):
        source = iter(errands)
        with selectors.DefaultSelector() as selector:
            for connection in self.connections:
                selector.register(connection.socket, selectors.EVENT_READ, connection)
                self._next(connection, source, selector)
            while not all(connection.is_free for connection in self.connections):
                for key, events in selector.select(timeout=0.5):
                    self._handle(key.data, events, source, selector)
                self.on_tick()
                self._look_for_silence()

    def close(self):
        for connection in self.connections:
            connection.socket.close()

    def _handle(self, connection, events, source, selector):
        if events & selectors.EVENT_WRITE and connection.send():
            selector.modify(connection.socket, selectors.EVENT_READ, connection)
        if not events & selectors.EVENT_READ:
            return
        for errand, answer in connection.receive():
            took = None if connection.is_batch else time.perf_counter() - connection.begun
            self.on_answer(errand, answer, took)
        if connection.is_free:
            self._next(connection, source, selector)

    def _next(self, connection, source, selector):
        errands = list(itertools.islice(source, BATCH_JOBS if connection.is_batch else 1))
        if not errands:
            return
        connection.begin(errands)
        if not connection.send():
            both = selectors.EVENT_READ | selectors.EVENT_WRITE
            selector.modify(connection.socket, both, connection)

    def _look_for_silence(self):
        now = time.perf_counter()
        for connection in self.connections:
            if not connection.is_free and now - connection.last_news > SILENCE_SECONDS:
                names = collections.Counter(e.kind.name for e in connection.errands.values())
                raise Fault(f"no answer for {SILENCE_SECONDS} s to {dict(names)}")
