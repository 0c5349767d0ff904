#!/usr/bin/env python3
"""cpython_tests.py --codebox FILE --bare FILE --data-dir FOLDER [MODULE]...

Runs CPython's own tests in CodeBox: each module of modules.txt, or each that a pattern names, three
times: with the bare interpreter of the image, in a sandbox with an interpreter started for the job,
and in a sandbox with a forked one. Compares each test's end (passed, failed, skipped) with the bare
run's. differences.json lists what differs by design. Fails on every other difference, and, if all
modules ran, on every listed one that was not found. Needs root.
"""

import argparse
import concurrent.futures
import fnmatch
import os
import pathlib
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "Benchmarks"))

import comparison  # noqa: E402
import runners  # noqa: E402
import server  # noqa: E402

RUNTIME = "cpython-tests"
# A test that ends otherwise for another reason than CodeBox seldom does so this often.
ATTEMPTS = 3


def modules(patterns):
    lines = (HERE / "modules.txt").read_text().splitlines()
    names = [line.split("#")[0].strip() for line in lines]
    names = [name for name in names if name]
    if not patterns:
        return names
    chosen = [n for n in names if any(fnmatch.fnmatch(n, p) for p in patterns)]
    return chosen or sys.exit(f"modules.txt has no module like {' '.join(patterns)}")


def in_slice(names, text):
    """Every n-th module: slice 2/4 is the second quarter."""
    index, count = map(int, text.split("/"))
    return names[index - 1 :: count]


def run_module(name, ways, meant):
    """The ends of one module in every way, and the differences from the first way, which is bare.

    A test differs only if it does so each time: where a difference is not meant, both run again.
    """
    bare, *others = ways
    ends = {bare.name: bare.run(name)}
    differences = {}
    for way in others:
        ends[way.name] = way.run(name)
        found = ends[way.name].differences(ends[bare.name])
        for _ in range(ATTEMPTS - 1):
            if all(meant.entry(test, way.name) for test in found):
                break
            again = way.run(name).differences(bare.run(name))
            found = {test: what for test, what in found.items() if test in again}
        differences[way.name] = found
    return comparison.Module(ends, differences)


def run_all(names, ways, meant, workers):
    began = time.monotonic()
    results = {}
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        pending = {pool.submit(run_module, name, ways, meant): name for name in names}
        for done in concurrent.futures.as_completed(pending):
            name = pending[done]
            results[name] = done.result()
            print(
                f"{time.monotonic() - began:6.0f} s  {len(results):3}/{len(names)}  "
                + results[name].line(name),
                flush=True,
            )
    return dict(sorted(results.items()))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[1])
    parser.add_argument("--codebox", required=True, help="the built program")
    parser.add_argument("--bare", required=True, help="the built bare-interpreter")
    parser.add_argument("--data-dir", required=True, help="where the image of cpython-tests is")
    parser.add_argument("--output", help="write every test's ends to this JSON file")
    parser.add_argument("--slice", default="1/1", help="2/4 runs the second of four parts")
    # Many tests sleep.
    workers = 2 * os.cpu_count()
    parser.add_argument("--workers", type=int, default=workers, help="modules at a time")
    parser.add_argument("modules", nargs="*", help="names or patterns; without one, all")
    return parser.parse_args()


def main():
    given = arguments()
    names = in_slice(modules(given.modules), given.slice)
    data = pathlib.Path(given.data_dir)
    meant = comparison.Meant(HERE / "differences.json")
    settings = runners.SETTINGS
    with server.Server(given.codebox, data, settings, runtimes=[RUNTIME]) as serving:
        ways = [
            runners.Bare(given.bare, data, RUNTIME),
            runners.Job("exec", serving.port, RUNTIME, zygote=False),
            runners.Job("forked", serving.port, RUNTIME, zygote=True),
        ]
        ways[2].wait_for_zygote()
        results = run_all(names, ways, meant, given.workers)
    if given.output:
        comparison.write(given.output, results)
    fails = comparison.show(results, meant, whole=names == modules([]))
    sys.exit(1 if fails else 0)


if __name__ == "__main__":
    main()
