#!/usr/bin/env python3
"""Compares builds of codebox: servers side by side, asked in turn, medians over several starts.

    side_by_side.py [--runtime python] [--starts 5] NAME=CODEBOX[,DATA_DIR]...

Ratios are against the first build. One zygote may be luckier than another, so that each start
counts once. A build that reads images of another form gets its own data directory.
"""

import argparse
import contextlib
import pathlib
import statistics
import tempfile
import time

from generator import Generator, Samples, Way
from programs import LANGUAGES
from server import Server

GAP = Way("gap", "20 ms between", gap_ms=20)
BUSY = Way("busy", "32 in flight", in_flight=32)
# Of each start: rounds, and seconds of a build's turn in each.
ROUNDS, GAP_SECONDS, BUSY_SECONDS = 4, 1.5, 2.0
WARM_UP_RUNS = 25
SETTLE_SECONDS, REST_SECONDS = 3, 0.5
PATIENCE_SECONDS = 30
FIGURES = ("p50", "p99", "CPU of the machine", "jobs/s")


def errand(generator, server, language):
    program = language.programs[0]
    return [
        "--expect", generator.file("expected", language.answer(program)),
        "--input", generator.file("request", language.request(program, "/v1/run")),
        "http", str(server.port),
    ]  # fmt: skip


def wait_for_zygote(name, server, job):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not server.run(job)["timings"]["forked"]:
        if time.monotonic() > deadline:
            raise SystemExit(f"{name} forked no job within {PATIENCE_SECONDS} s")
        time.sleep(0.2)


def measure(generator, builds, language):
    """One start of all builds: {name: figures}"""
    with contextlib.ExitStack() as stack:
        servers = {n: stack.enter_context(Server(*build)) for n, build in builds.items()}
        time.sleep(SETTLE_SECONDS)
        for name, server in servers.items():
            wait_for_zygote(name, server, language.job(language.programs[0]))
        ways = {name: (Samples(), Samples()) for name in servers}
        for _ in range(ROUNDS):
            for at, (way, seconds) in enumerate(((GAP, GAP_SECONDS), (BUSY, BUSY_SECONDS))):
                for name, server in servers.items():
                    asked = errand(generator, server, language)
                    generator.collect(Samples(), asked, GAP, 0, WARM_UP_RUNS, WARM_UP_RUNS)
                    generator.collect(ways[name][at], asked, way, seconds)
                    # What one leaves to be done is not to be in the other's figures.
                    time.sleep(REST_SECONDS)
    return {name: figures(gap.summary(), busy.summary()) for name, (gap, busy) in ways.items()}


def figures(gap, busy):
    return gap["p50_ms"], gap["p99_ms"], busy["cpu_ms"], busy["per_second"]


def build(text):
    name, _, place = text.partition("=")
    codebox, _, data_dir = place.partition(",")
    return name, (pathlib.Path(codebox).resolve(), data_dir)


def main():
    languages = {language.name: language for language in LANGUAGES}
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--runtime", choices=languages, default="python")
    parser.add_argument("--starts", type=int, default=5)
    parser.add_argument("--data-dir", default="/var/lib/codebox", help="for builds without one")
    parser.add_argument("builds", nargs="+", type=build, metavar="NAME=CODEBOX[,DATA_DIR]")
    options = parser.parse_args()
    builds = {n: (path, data or options.data_dir) for n, (path, data) in options.builds}
    found = {name: [] for name in builds}
    with tempfile.TemporaryDirectory(prefix="codebox-bench.") as scratch:
        generator = Generator(scratch)
        for _ in range(options.starts):
            for name, values in measure(generator, builds, languages[options.runtime]).items():
                found[name].append(values)
                print(name, *(f"{value:.2f}" for value in values), flush=True)
    first = None
    for name, rows in found.items():
        values = [statistics.median(column) for column in zip(*rows, strict=True)]
        first = first or values
        ratios = (
            f"{figure} {value / base:.2f} ({value:.2f})"
            for figure, value, base in zip(FIGURES, values, first, strict=True)
        )
        print(f"{options.runtime} {name}: {', '.join(ratios)}")


if __name__ == "__main__":
    main()
