#!/usr/bin/env python3
"""How long a one-line program takes, from asking to holding its output.

    startup.py --codebox .build/release/codebox [--data-dir DIR] [--seconds S] [--json FILE]

Everything is measured in one run on one machine, one contender after the other, in three rounds,
so that the ratios mean something even where the absolute numbers are another machine's. Each
answer is checked; a wrong one ends the run.
"""

import argparse
import json
import os
import pathlib
import platform
import sys

import contenders
import measure
import report
from server import Server

ROUNDS = 3
IN_FLIGHT = 8
GAP = 0.020


def image_root(data_dir, runtime):
    digest = (data_dir / "tags" / runtime).read_text().strip()
    return str(data_dir / "images" / digest / "rootfs")


def races(server, data_dir):
    """For each language: a title and those who run the same program; the first is the yardstick."""
    for language in contenders.LANGUAGES:
        root = image_root(data_dir, language.name)
        yield language, [
            contenders.InImage("bare, the image's own", root, language.image_argv),
            contenders.Bare("bare, this machine's", language.host_argv),
            contenders.Bare("bubblewrap", contenders.bubblewrap_argv(root, language.image_argv)),
            contenders.Http("CodeBox POST /v1/run", server, "/v1/run", language),
            contenders.Http("CodeBox POST /v1/jobs", server, "/v1/jobs", language),
        ]


def run_race(entrants, seconds):
    """All samples of all entrants: {name: {"idle" | "gap" | "busy": Samples}}."""
    cells = {"idle": measure.Idle(0), "gap": measure.Idle(GAP), "busy": measure.Busy(IN_FLIGHT)}
    collected = {entrant.name: {} for entrant in entrants}
    for _ in range(ROUNDS):
        for entrant in entrants:
            with entrant:
                entrant.warm_up()
                for cell, way in cells.items():
                    samples = way.collect(entrant, seconds / ROUNDS)
                    collected[entrant.name].setdefault(cell, measure.Samples()).add(samples)
            print(".", end="", file=sys.stderr, flush=True)
    return collected


def describe_machine():
    cgroup = "v2" if os.path.exists("/sys/fs/cgroup/cgroup.controllers") else "v1"
    return f"{os.cpu_count()} CPUs, Linux {platform.release()}, cgroup {cgroup}"


def main():
    default_data = os.environ.get("CODEBOX_DATA_DIR", "/var/lib/codebox")
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--codebox", required=True)
    parser.add_argument("--data-dir", type=pathlib.Path, default=pathlib.Path(default_data))
    parser.add_argument("--seconds", type=float, default=3.0, help="per contender and way")
    parser.add_argument("--json", type=pathlib.Path, help="where to write all numbers as JSON")
    options = parser.parse_args()
    results = {}
    with Server(options.codebox, options.data_dir) as server:
        for language, entrants in races(server, options.data_dir):
            collected = run_race(entrants, options.seconds)
            results[language.title] = {
                name: {cell: samples.summary() for cell, samples in cells.items()}
                for name, cells in collected.items()
            }
    print(file=sys.stderr)
    print(report.render(results, describe_machine(), IN_FLIGHT, GAP))
    if options.json:
        options.json.write_text(json.dumps(results, indent=2) + "\n")


if __name__ == "__main__":
    main()
