#!/usr/bin/env python3
"""Measures what hostile clients do to an honest one, and fails if that is too much.

    hostile.py --codebox .build/release/codebox [--connections 2000] [--bodies 4] [--seconds 30]
               [--p99-ms 50] [--growth-mib 256] [--quick]

The honest client runs five bash programs a second from 127.0.0.2. The hostile ones
(hostile_clients.py) come from 127.0.0.1 and share the machine with the server and its sandboxes,
which no real attacker would do; they run at a lower priority for that.
"""

import argparse
import contextlib
import json
import os
import pathlib
import socket
import subprocess
import sys
import threading
import time

import machine
from server import Server

HONEST_ADDRESS = ("127.0.0.2", 0)
EACH_SECOND = 5
WARM_RUNS = 30
# The hostile clients are at it for so long before the honest one is measured.
LEAD_SECONDS = 2
JOB = json.dumps({"runtime": "bash", "source": "echo hello"})
REQUEST = (
    "POST /v1/run HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    f"Content-Length: {len(JOB)}\r\n\r\n{JOB}"
).encode()
QUICK = {"connections": 600, "bodies": 2, "seconds": 8, "p99_ms": 250.0}
HOSTILE = pathlib.Path(__file__).with_name("hostile_clients.py")


class Honest:
    """One keep-alive connection; it is opened again when the server has closed it."""

    def __init__(self, port):
        self.port = port
        self.connection = None
        self.reconnections = -1

    def run(self):
        """Seconds until the answer of one program was there, and complaints about it."""
        begun = time.monotonic()
        for _ in range(2):
            try:
                answer = self._exchange()
                break
            except OSError as error:
                answer = f"{type(error).__name__}: {error}"
                self.connection = None
        seconds = time.monotonic() - begun
        is_right = answer.startswith("HTTP/1.1 200 ") and '"stdout":"hello\\n"' in answer
        return seconds, [] if is_right else [answer[:300]]

    def _exchange(self):
        if self.connection is None:
            self.connection = socket.create_connection(
                ("127.0.0.1", self.port), timeout=10, source_address=HONEST_ADDRESS)  # fmt: skip
            self.reconnections += 1
        self.connection.sendall(REQUEST)
        answer = b""
        while not _is_whole(answer):
            part = self.connection.recv(65536)
            if not part:
                raise ConnectionResetError("the server closed the connection")
            answer += part
        return answer.decode()


def _is_whole(answer):
    head, end, body = answer.partition(b"\r\n\r\n")
    lengths = [
        int(line.split(b":")[1])
        for line in head.split(b"\r\n")
        if line.lower().startswith(b"content-length:")
    ]
    return bool(end) and bool(lengths) and len(body) >= lengths[0]


def resident(pid):
    """Bytes of memory that the process has."""
    with open(f"/proc/{pid}/status") as file:
        (line,) = [line for line in file if line.startswith("VmRSS:")]
    return int(line.split()[1]) * 1024


@contextlib.contextmanager
def watched_memory(pid):
    """Yields a list whose one element is the most memory that the process had."""
    most, is_over = [resident(pid)], threading.Event()

    def watch():
        while not is_over.wait(0.05):
            most[0] = max(most[0], resident(pid))

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield most
    finally:
        is_over.set()
        thread.join()


def measure(honest, seconds):
    times, complaints, begun = [], [], time.monotonic()
    for index in range(int(seconds * EACH_SECOND)):
        time.sleep(max(0, begun + index / EACH_SECOND - time.monotonic()))
        took, wrong = honest.run()
        times.append(took * 1000)
        complaints += wrong
    return sorted(times), complaints


def percentile(times, share):
    return times[min(len(times) - 1, int(len(times) * share))]


def figures(times):
    return {
        "p50_ms": round(percentile(times, 0.5), 2),
        "p99_ms": round(percentile(times, 0.99), 2),
        "max_ms": round(times[-1], 2),
    }


def trial(server, options):
    """All figures, and complaints."""
    pid = server.part("server")
    honest = Honest(server.port)
    for _ in range(WARM_RUNS):
        honest.run()
    alone, complaints = measure(honest, min(options.seconds, 10))
    before = resident(pid)
    with watched_memory(pid) as most:
        hostile = subprocess.Popen(
            [
                "nice", sys.executable, str(HOSTILE), str(server.port), str(options.connections),
                str(options.bodies), str(options.seconds + 2 * LEAD_SECONDS),
            ],
            stdout=subprocess.PIPE, text=True)  # fmt: skip
        hostile.stdout.readline()
        time.sleep(LEAD_SECONDS)
        beside, more = measure(honest, options.seconds)
        answered, _ = hostile.communicate(timeout=60)
    return {
        "machine": machine.describe(),
        "alone": figures(alone),
        "beside": figures(beside),
        "runs": len(beside),
        "reconnections": honest.reconnections,
        "resident_before_mib": before >> 20,
        "growth_mib": (most[0] - before) >> 20,
        "hostile": json.loads(answered),
    }, complaints + more


def judge(result, complaints, options):
    for complaint in complaints[:5]:
        yield f"an honest program was not answered: {complaint}"
    if result["beside"]["p99_ms"] >= options.p99_ms:
        yield f"p99 is {result['beside']['p99_ms']} ms; the bound is {options.p99_ms} ms"
    if result["growth_mib"] >= options.growth_mib:
        yield f"the server grew by {result['growth_mib']} MiB; the bound is {options.growth_mib}"
    # The hostile clients must have done what they are for.
    if result["hostile"]["most"] < options.connections * 0.9:
        yield f"only {result['hostile']['most']} hostile connections were open at one time"
    if options.bodies and not result["hostile"]["bodies"]:
        yield "no hostile body was answered"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--codebox", required=True)
    parser.add_argument("--data-dir", default=os.environ.get("CODEBOX_DATA_DIR"))
    parser.add_argument("--connections", type=int, default=2000)
    parser.add_argument("--bodies", type=int, default=4)
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--p99-ms", type=float, default=50.0)
    parser.add_argument("--growth-mib", type=int, default=256)
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    if options.quick:
        for name, value in QUICK.items():
            setattr(options, name, value)
    data = options.data_dir or "/var/lib/codebox"
    with Server(options.codebox, data, runtimes=["bash"]) as server:
        result, complaints = trial(server, options)
    print(json.dumps(result, indent=2))
    problems = list(judge(result, complaints, options))
    print("\n".join(problems) or "the honest client was served as it must be")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
