#!/usr/bin/env python3
"""Runs the attacks of Tests/Attacks whose layer differs here, on cgroup v2.

    attacks.py --codebox PATH --data-dir FOLDER --binaries FOLDER --uid UID...

Runs as root on a machine whose /sys/fs/cgroup is cgroup v2. codebox serves as each of the users in
turn: root runs the attacks that list the site `guest`, another user those that list `rootless`. The
programs in C were compiled before, by Tests/Attacks/compile.
"""

import argparse
import pathlib
import sys
import time

from expectation import Failed
from sandbox import Sandbox
from service import Service

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / "Attacks"))

import judge  # noqa: E402
import table  # noqa: E402
from job import Programs  # noqa: E402

# The guest is slow: what must come to its end gets more time than elsewhere.
PATIENCE_FACTOR = 4
# The server's ceiling of times, in milliseconds.
MOST_MS = 60_000


def job_of(programs, attack):
    job = programs.job(attack)
    if "exited" in attack.ends:
        slow = {
            name: min(MOST_MS, attack.limits[name] * PATIENCE_FACTOR)
            for name in ("wall_ms", "cpu_ms")
        }
        job["limits"] = attack.limits | slow
    return job


def check(service, programs, attack):
    """A sentence about what was not as it must be; None if all was."""
    status, answer = service.ask("POST", "/v1/run", job_of(programs, attack))
    if status != 200:
        return f"the server answered {status}: {answer}"
    return judge.verdict(attack, answer)


def check_attacks(uid, options, programs):
    """Runs one user's attacks; returns how many held and how many did not."""
    site = "rootless" if uid else "guest"
    attacks = [attack for attack in table.load() if site in attack.sites]
    passed = failed = 0
    begun = time.monotonic()
    with Service(Sandbox(options.codebox, options.data_dir, uid)) as service:
        for attack in attacks:
            fault = check(service, programs, attack)
            if fault:
                failed += 1
                print(f"not ok uid {uid}: {attack.name}: {fault}", flush=True)
            else:
                passed += 1
        answer = service.run("print(6 * 7)")
        if answer.get("stdout") != "42\n":
            raise Failed(f"an honest job went wrong after the attacks: {answer}")
    print(f"ok     uid {uid}: {passed} attacks held ({time.monotonic() - begun:.1f} s)", flush=True)
    return passed, failed


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--codebox", required=True)
    parser.add_argument("--data-dir", required=True)
    parser.add_argument("--binaries", required=True)
    parser.add_argument("--uid", type=int, action="append", required=True)
    options = parser.parse_args()
    programs = Programs(options.binaries)
    counts = [check_attacks(uid, options, programs) for uid in options.uid]
    passed, failed = map(sum, zip(*counts, strict=True))
    print(f"{passed} passed, {failed} failed", flush=True)
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
