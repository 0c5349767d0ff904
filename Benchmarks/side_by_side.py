#!/usr/bin/env python3
"""Compares builds of codebox: servers side by side, requests in turn, medians over several starts.

    side_by_side.py [--runtime python] [--starts 5] NAME=CODEBOX[,DATA_DIR]...

Ratios are against the first build. One zygote may be luckier than another, so that each start
counts once: with its median. A build that reads images of another form gets its own data directory.
"""

import argparse
import contextlib
import http.client
import json
import pathlib
import statistics
import threading
import time

from server import JSON_TYPE, Server

SOURCES = {"python": "print(1)", "node": "console.log(1)", "bash": "echo 1"}
IN_FLIGHT = 24
ROUND_SECONDS = 4
SETTLE_SECONDS = 3
# Of each start: what is sent before anything counts, and what counts.
WARM_UP, COUNTED = 25, 65
PAUSE_SECONDS = 0.015


class Client:
    """One connection that stays open."""

    def __init__(self, port, body):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.body = body

    def run(self):
        """Milliseconds, and the answer."""
        began = time.perf_counter()
        self.connection.request("POST", "/v1/run", self.body, JSON_TYPE)
        answer = json.loads(self.connection.getresponse().read())
        took = (time.perf_counter() - began) * 1e3
        if answer.get("outcome") != "exited":
            raise SystemExit(f"the program did not run: {answer}")
        return took, answer


def latencies(clients):
    """By build: p50 and the medians of the run's wall and CPU time, in milliseconds."""
    samples = {name: [] for name in clients}
    for turn in range(WARM_UP + COUNTED):
        for name, client in clients.items():
            took, answer = client.run()
            time.sleep(PAUSE_SECONDS)
            usage = answer["usage"]
            cpu = usage["cpu_user_us"] + usage["cpu_system_us"]
            if turn >= WARM_UP and answer["timings"]["forked"]:
                samples[name].append((took, answer["timings"]["run_us"] / 1e3, cpu / 1e3))
    if not all(samples.values()):
        raise SystemExit("a build forked no job: is its zygote up?")
    return {name: medians(rows) for name, rows in samples.items()}


def medians(rows):
    return [statistics.median(column) for column in zip(*rows, strict=True)]


def rate(port, body):
    """Jobs a second with a constant number in flight."""
    end = time.monotonic() + ROUND_SECONDS
    counts = []

    def work():
        client, count = Client(port, body), 0
        while time.monotonic() < end:
            client.run()
            count += 1
        counts.append(count)

    threads = [threading.Thread(target=work) for _ in range(IN_FLIGHT)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.monotonic() - began)


def measure(builds, body, found):
    """One start of all builds."""
    with contextlib.ExitStack() as stack:
        servers = {n: stack.enter_context(Server(*build)) for n, build in builds.items()}
        time.sleep(SETTLE_SECONDS)
        clients = {name: Client(server.port, body) for name, server in servers.items()}
        for name, row in latencies(clients).items():
            found[name].append((*row, rate(servers[name].port, body)))
            time.sleep(1)
        print({name: [round(value, 2) for value in rows[-1]] for name, rows in found.items()})


def build(text):
    name, _, place = text.partition("=")
    codebox, _, data_dir = place.partition(",")
    return name, (pathlib.Path(codebox).resolve(), data_dir)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--runtime", choices=SOURCES, default="python")
    parser.add_argument("--starts", type=int, default=5)
    parser.add_argument("--data-dir", default="/var/lib/codebox", help="for builds without one")
    parser.add_argument("builds", nargs="+", type=build, metavar="NAME=CODEBOX[,DATA_DIR]")
    options = parser.parse_args()
    builds = {n: (path, data or options.data_dir) for n, (path, data) in options.builds}
    body = json.dumps({"runtime": options.runtime, "source": SOURCES[options.runtime]})
    found = {name: [] for name in builds}
    for _ in range(options.starts):
        measure(builds, body, found)
    first = None
    for name, rows in found.items():
        values = medians(rows)
        first = first or values
        p50, run, cpu, per_second = (v / base for v, base in zip(values, first, strict=True))
        print(
            f"{options.runtime} {name}: p50 {p50:.2f}, run {run:.2f}, CPU {cpu:.2f}, "
            f"jobs/s {per_second:.2f} ({values[0]:.2f} ms, {values[3]:.0f} jobs/s)"
        )


if __name__ == "__main__":
    main()
