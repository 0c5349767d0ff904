#!/usr/bin/env python3
"""Runs very many jobs of every sort, and fails if anything grows, slows down or goes wrong.

    soak.py --codebox .build/release/codebox [--jobs 200000] [--in-flight 24] [--slack 1]

Jobs go to a server of its own, through POST /v1/run and POST /v1/batch, with answers checked one by
one. What is watched, and how much it may grow, stands in soak_watch.py.
"""

import argparse
import collections
import os
import pathlib
import sys
import time

import soak_jobs
from server import Server
from soak_client import Client, Fault
from soak_watch import POOLS, Watch

# How often in a run each zygote is replaced, and with it its pool.
ZYGOTE_REPLACEMENTS = 8


class Soak:
    def __init__(self, server, options):
        self.server = server
        self.options = options
        self.watch = Watch(server, options.slack)
        self.faults = []
        self.ended = collections.Counter()
        self.begun = time.monotonic()

    def run(self):
        """Sentences about what was not as it must be."""
        before, problems = self.watch.at_rest()
        if problems:
            return ["before the first job:", *problems]
        # All connections ask for one job at a time, but for those with a batch under way.
        client = Client(
            self.server.port, self.options.in_flight, self.options.batches, self._check,
            self._look_at_clock)  # fmt: skip
        try:
            client.run(soak_jobs.errands(self.options.jobs, self.options.seed))
        except Fault as fault:
            self.faults.append(str(fault))
        finally:
            client.close()
        self.watch.sample()
        _, problems = self.watch.at_rest(before)
        missing = self.options.jobs - self.watch.answered
        return (
            self.faults
            + ([f"{missing} jobs have no end"] if missing else [])
            + problems
            + self.watch.grown()
        )

    def _check(self, errand, answer, seconds):
        self.watch.answered += 1
        self.ended[answer.get("outcome")] += 1
        if seconds is not None and errand.kind.is_timed:
            self.watch.latencies.seconds.append(seconds)
        if fault := errand.fault(answer):
            self.faults.append(fault)
            if len(self.faults) >= 20:
                raise Fault("and more; given up")

    def _look_at_clock(self):
        if time.monotonic() - self.watch.last >= self.options.every:
            self.watch.sample()
            if sys.stderr.isatty():
                done = self.watch.answered / self.options.jobs
                print(f"\r{done:4.0%} of {self.options.jobs}", end="", file=sys.stderr, flush=True)


def parse():
    default_data = os.environ.get("CODEBOX_DATA_DIR", "/var/lib/codebox")
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--codebox", required=True)
    parser.add_argument("--data-dir", type=pathlib.Path, default=pathlib.Path(default_data))
    parser.add_argument("--jobs", type=int, default=200_000)
    parser.add_argument("--in-flight", type=int, default=24)
    parser.add_argument("--batches", type=int, default=1, help="under way at a time, 64 jobs each")
    parser.add_argument("--every", type=float, help="seconds between samples; 5, less if short")
    parser.add_argument("--slack", type=float, default=1, help="widens every tolerance")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    if options.every is None:
        options.every = min(5, max(1, options.jobs / 8000))
    return options


def main():
    options = parse()
    forks = max(100, options.jobs // 2 // ZYGOTE_REPLACEMENTS)
    settings = POOLS | {"CODEBOX_ZYGOTE_FORKS": str(forks)}
    with Server(options.codebox, options.data_dir, settings) as server:
        soak = Soak(server, options)
        problems = soak.run()
        if problems:
            print(f"\nThe server's log:\n{server.log_text()[-4000:]}", file=sys.stderr)
    seconds = time.monotonic() - soak.begun
    print(soak.watch.table())
    endings = ", ".join(f"{count} {outcome}" for outcome, count in soak.ended.most_common())
    print(
        f"\n{soak.watch.answered} jobs in {seconds:.0f} s, "
        f"{soak.watch.answered / seconds:.0f} a second (seed {options.seed}): {endings}"
    )
    if problems:
        sys.exit("\n".join(["The soak test failed:", *problems]))
    print("Every job had its end and its own output; nothing grew, nothing slowed down.")


if __name__ == "__main__":
    main()
