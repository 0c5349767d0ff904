#!/usr/bin/env python3
"""What cgroup v1 needs a guest for: a machine with swap.

    cgroup_v1.py --codebox PATH --data-dir FOLDER

Runs as root on a machine whose /sys/fs/cgroup has the controllers of cgroup v1. The suites of the
sandbox cover the rest of v1 wherever `make test` runs on it.
"""

import argparse
import sys

from expectation import Failed
from sandbox import Sandbox, finish
from swap import expect_nothing_is_swapped


def check_nothing_is_swapped(sandbox):
    expect_nothing_is_swapped(
        lambda source, limit: finish(sandbox.start(None, source, memory_bytes=limit))
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--codebox", required=True)
    parser.add_argument("--data-dir", required=True)
    options = parser.parse_args()
    try:
        check_nothing_is_swapped(Sandbox(options.codebox, options.data_dir, uid=0))
    except Failed as problem:
        print(f"not ok cgroup v1: nothing is swapped: {problem}", flush=True)
        return 1
    print("ok     cgroup v1: nothing is swapped", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
