"""Sends a server requests that a seed decides, and looks at what comes back."""

import re
import socket
import time

ANSWER_SECONDS = 10
JOB = b'{"runtime":"none","source":"x","args":["a"],"limits":{"wall_ms":10},"env":{"A":"1"}}'
HEAD = b"Host: localhost\r\nContent-Type: application/json\r\n"
SAMPLES = (
    b"GET /v1/health HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET /v1/jobs?limit=2&state=finished HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    b"DELETE /v1/jobs/x HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"POST /v1/run HTTP/1.1\r\n" + HEAD + b"Content-Length: %d\r\n\r\n" % len(JOB) + JOB,
    b"POST /v1/jobs HTTP/1.1\r\n" + HEAD + b"Transfer-Encoding: chunked\r\nPrefer: wait=1\r\n\r\n"
    + b"%x\r\n%s\r\n0\r\n\r\n" % (len(JOB), JOB),
    b"POST /v1/batch HTTP/1.1\r\n" + HEAD + b"Content-Length: 2\r\n\r\n{}",
)  # fmt: skip
WORDS = (
    b"\r\n", b"\n", b"\r", b"\0", b" ", b"\t", b":", b"Host: evil\r\n", b"Content-Length: 5\r\n",
    b"Content-Length: -1\r\n", b"Content-Length: 99999999999999999999\r\n",
    b"Transfer-Encoding: chunked\r\n", b"Transfer-Encoding: gzip, chunked\r\n", b"0\r\n\r\n",
    b"ffffffffffffffff\r\n", b"Expect: 100-continue\r\n", b"HTTP/1.0", b"HTTP/9.9", b"PRI * ",
    b"http://localhost/", b"//", b"/../", b"%00", b"%ff", b"?", b"#", b"[" * 300, b"\xff\xfe",
    b"Range: bytes=0-\r\n", b"Prefer: wait=99999999999\r\n", b"Authorization: Bearer x\r\n",
    b"X: " + b"a" * 9000 + b"\r\n", b"Connection: Upgrade\r\nUpgrade: h2c\r\n", b'"', b"{", b"\\u",
)  # fmt: skip


class Fault(Exception):
    """The server did what no input may make it do."""


def mutated(random):
    data = bytearray(random.choice(SAMPLES))
    for _ in range(random.randrange(6)):
        at = random.randrange(len(data) + 1)
        end = min(len(data), at + random.randrange(24))
        match random.randrange(5):
            case 0 if at < len(data):
                data[at] = random.randrange(256)
            case 1:
                del data[at:end]
            case 2:
                data[at:at] = random.choice(WORDS)
            case 3:
                data[at:at] = data[at:end] * random.randrange(1, 60)
            case _:
                data += random.choice(SAMPLES)
    return bytes(data)


def exchange(port, data):
    """Sends bytes, closes this side and returns what the server says until it closes its own."""
    with socket.create_connection(("127.0.0.1", port), ANSWER_SECONDS) as link:
        received = b""
        try:
            link.sendall(data)
            link.shutdown(socket.SHUT_WR)
            while piece := link.recv(65536):
                received += piece
        except (ConnectionResetError, BrokenPipeError):
            pass
        return received


def check(port, data):
    """The seconds that an answer took; raises a fault if it is late, odd or an error."""
    begun = time.monotonic()
    try:
        received = exchange(port, data)
    except TimeoutError:
        raise Fault(f"no end after {ANSWER_SECONDS} s") from None
    if received and not re.match(rb"HTTP/1\.[01] [1-5]\d\d ", received):
        raise Fault(f"answered {received[:200]!r}")
    if re.match(rb"HTTP/1\.1 500 ", received):
        raise Fault(f"an error of the server's own: {received[:600]!r}")
    return time.monotonic() - begun
