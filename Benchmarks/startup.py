#!/usr/bin/env python3
"""How long small programs take, from asking to holding their output, and what they cost.

    startup.py --codebox .build/release/codebox [--output FILE.md] [--quick] [--only SECTION,…]

Everything is measured in one run on one machine, the contenders one after the other in several
rounds, so that the ratios mean something even where the absolute numbers are another machine's.
Each answer is checked; a wrong one ends the run. FILE.json has all figures.
"""

import argparse
import contextlib
import json
import os
import pathlib
import shlex
import sys
import tempfile
import time

import batch
import machine
import memory
import report
import targets
from contenders import CONTENDERS, SERVERS
from docker import Docker
from generator import Generator, Samples, Way
from programs import LANGUAGES
from runc import Runc
from server import Server

IDLE = Way("idle", "one at a time")
GAP = Way("gap", "20 ms between", gap_ms=20)
BUSY = [Way(f"busy{n}", f"{n} in flight", in_flight=n) for n in (2, 8, 32)]
# Seconds of each way in all rounds together. The first program gets what the targets are about;
# its gaps are most of the time, so that a 99th percentile needs a while.
WAYS = {
    "hello": ((IDLE, 2.0), (GAP, 6.0), *((way, 1.5) for way in BUSY)),
    "imports": ((IDLE, 1.0), (GAP, 1.5), (BUSY[1], 1.5)),
    "echo": ((IDLE, 1.0), (GAP, 1.5), (BUSY[1], 1.5)),
}
SUSTAINED = ("bare", "exec", "warm")
SECTIONS = ("latency", "timings", "sustained", "batch", "memory", "thousand")
WARM_UP_RUNS = 8
REST_SECONDS = 0.1


class Bench:
    """What the contenders need."""

    def __init__(self, options, scratch):
        self.codebox = options.codebox
        self.data_dir = options.data_dir
        self.quick = options.quick
        self.generator = Generator(scratch)
        self.runc = Runc(scratch)
        self.docker = Docker()
        self.servers = {}
        self.notes = []
        self.contenders = []
        for contender in CONTENDERS:
            if options.contenders and contender.name not in options.contenders:
                continue
            if reason := contender.missing(self):
                self.notes.append(f"{contender.title}: not measured, {reason}.")
            else:
                self.contenders.append(contender)

    def rootfs(self, language):
        digest = (self.data_dir / "tags" / language.name).read_text().strip()
        return self.data_dir / "images" / digest / "rootfs"

    def clean_up(self):
        self.runc.clean_up()
        self.docker.clean_up()

    def warm_up(self, errand):
        self.generator.collect(Samples(), errand, IDLE, 0, WARM_UP_RUNS, WARM_UP_RUNS)
        time.sleep(REST_SECONDS)


def latency(bench):
    """{program: {language: {contender: {way: summary}}}}"""
    rounds = 1 if bench.quick else 3
    found = {}
    for language in LANGUAGES:
        for program in language.programs:
            ways = [(w, s * (0.1 if bench.quick else 1) / rounds) for w, s in WAYS[program.name]]
            collected = {c.name: {w.name: Samples() for w, _ in ways} for c in bench.contenders}
            for _ in range(rounds):
                for contender in bench.contenders:
                    errand = contender.errand(bench, language, program)
                    bench.warm_up(errand)
                    for way, seconds in ways:
                        samples = collected[contender.name][way.name]
                        bench.generator.collect(samples, errand, way, seconds, least=4)
                say(".")
            found.setdefault(program.name, {})[language.name] = {
                name: {way: samples.summary() for way, samples in cells.items()}
                for name, cells in collected.items()
            }
    return found


def timings(bench):
    """What the results themselves tell, medians: {language: {server: {field: µs}}}"""
    count = 20 if bench.quick else 60
    return {
        language.name: {
            name: report.middle_timings(
                [rested_run(server, language.job(language.programs[0])) for _ in range(count)])
            for name, server in bench.servers.items()
        }
        for language in LANGUAGES
    }  # fmt: skip


def rested_run(server, job):
    time.sleep(GAP.gap_ms / 1e3)
    return server.run(job)


def sustained(bench):
    """32 in flight for long: {language: {contender: summary}}"""
    seconds = 4 if bench.quick else 30
    found = {}
    for language in LANGUAGES:
        for contender in bench.contenders:
            if contender.name not in SUSTAINED:
                continue
            errand = contender.errand(bench, language, language.programs[0])
            bench.warm_up(errand)
            samples = Samples()
            # Exec is bare's little brother here: a third of the time tells enough.
            share = 1 / 3 if contender.name == "exec" else 1
            bench.generator.collect(samples, errand, BUSY[2], seconds * share)
            found.setdefault(language.name, {})[contender.name] = samples.summary()
            say(".")
    return found


def batches(bench):
    count, rounds = (200, 1) if bench.quick else (1000, 3)
    return {
        language.name: batch.measure(bench.servers["warm"], language, count, rounds)
        for language in LANGUAGES
    }


def waiting_memory(bench):
    return {lang.name: memory.waiting(bench, lang, 16 if bench.quick else 64) for lang in LANGUAGES}


def thousand(bench):
    def drain(server, language, count):
        program = language.programs[0]
        return batch.run(server, [language.job(program)] * count, language.answer(program))

    count = 100 if bench.quick else 1000
    return {language.name: memory.many(bench, language, count, drain) for language in LANGUAGES}


WORK = {
    "latency": latency, "timings": timings, "sustained": sustained, "batch": batches,
    "memory": waiting_memory, "thousand": thousand,
}  # fmt: skip
# These start servers of their own, and want no other beside them.
ALONE = ("memory", "thousand")


def run(bench, sections):
    found = {}
    with contextlib.ExitStack() as stack:
        if set(sections) - set(ALONE):
            for name, settings in SERVERS.items():
                server = Server(bench.codebox, bench.data_dir, settings)
                bench.servers[name] = stack.enter_context(server)
        for section in [name for name in SECTIONS if name in sections and name not in ALONE]:
            found[section] = timed(section, bench)
    for section in [name for name in ALONE if name in sections]:
        found[section] = timed(section, bench)
    return found


def timed(section, bench):
    begun = time.monotonic()
    say(f"{section} ")
    result = WORK[section](bench)
    say(f" {time.monotonic() - begun:.0f} s\n")
    return result


def say(text):
    print(text, end="", file=sys.stderr, flush=True)


def names(text):
    return [name for name in text.split(",") if name]


def parse():
    default_data = os.environ.get("CODEBOX_DATA_DIR", "/var/lib/codebox")
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--codebox", required=True)
    parser.add_argument("--data-dir", type=pathlib.Path, default=pathlib.Path(default_data))
    parser.add_argument("--output", type=pathlib.Path, help="FILE.md; FILE.json beside it")
    parser.add_argument("--quick", action="store_true", help="about two minutes, rough figures")
    parser.add_argument("--only", type=names, default=SECTIONS, help=",".join(SECTIONS))
    parser.add_argument("--contenders", type=names, help=",".join(c.name for c in CONTENDERS))
    options = parser.parse_args()
    if unknown := set(options.only) - set(SECTIONS):
        parser.error(f"no such section: {', '.join(sorted(unknown))}")
    return options


def main():
    options = parse()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="codebox-bench.") as scratch:
        bench = Bench(options, scratch)
        try:
            results = run(bench, options.only)
        finally:
            bench.clean_up()
    results = {
        # Without the folder that the project lies in here.
        "command": shlex.join(
            ["python3", "Benchmarks/startup.py"]
            + [word.removeprefix(f"{os.getcwd()}/") for word in sys.argv[1:]]
        ),
        "machine": machine.describe(),
        "seconds": round(time.monotonic() - begun),
        "quick": options.quick,
        "titles": {contender.name: contender.title for contender in CONTENDERS},
        "notes": bench.notes,
        **results,
    }
    results["targets"] = targets.judge(results)
    text = report.render(results)
    print(text)
    if options.output:
        options.output.parent.mkdir(parents=True, exist_ok=True)
        options.output.write_text(text + "\n")
        options.output.with_suffix(".json").write_text(json.dumps(results, indent=2) + "\n")


if __name__ == "__main__":
    main()
