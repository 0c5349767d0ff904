#!/usr/bin/env python3
"""The guest's half of power_cut.py: looks for what was promised before, then promises more.

    power_cut_guest.py --codebox PATH --data-dir FOLDER --promised FILE [--last]

FILE has a line for each promise that the host heard before the power went: `accepted ID` or
`finished ID`. Each new promise is printed as such a line, until the power goes; with --last there
are none, and the guest powers off in order.
"""

import argparse
import os
import pathlib
import subprocess
import sys
import threading

from expectation import PATIENCE, Failed, expect
from sandbox import Sandbox
from service import Service

DISK = pathlib.Path("/mnt/disk")
UNSYNCED = DISK / "unsynced"
WORD = "printed before the power went"


def mount():
    DISK.mkdir()
    # The journal is replayed, as after a cut of a real machine's power.
    subprocess.run(["mount", "-t", "ext4", "/dev/ubda", DISK], check=True)


def check_cut():
    """The file that was written without a sync must be empty, or nothing was cut."""
    expect(UNSYNCED.exists(), f"{UNSYNCED}, which was synced while empty, is gone")
    expect(UNSYNCED.stat().st_size == 0, "what was never synced is on the disk: nothing was cut")


def check_promises(service, promises):
    """Every job is there; those whose end was told have their output; the others get an end."""
    ends = dict(reversed(line.split()) for line in promises)
    for job_id, promise in ends.items():
        status, job = service.ask("GET", f"/v1/jobs/{job_id}")
        expect(status == 200, f"{promise} job {job_id} is gone: {status} {job}")
        if promise == "finished":
            expect(job["state"] == "finished", f"job {job_id} is {job['state']} again")
            expect_printed(job)
    for job_id in list(ends)[-3:]:
        status, job = service.ask("GET", f"/v1/jobs/{job_id}?wait={PATIENCE // 2}")
        expect(job["state"] == "finished", f"job {job_id} has no end: {job}")
        expect_printed(job)


def expect_printed(job):
    expect(job["stdout"] == f"{WORD}\n", f"job {job['id']} printed {job['stdout']!r}: {job}")


def begin_unsynced():
    with open(UNSYNCED, "wb") as file:
        os.fsync(file.fileno())
    folder = os.open(DISK, os.O_RDONLY | os.O_DIRECTORY)
    os.fsync(folder)
    os.close(folder)


def promise_on(service, prefer):
    """Submits jobs one after another and prints what the server has promised of each."""
    while True:
        job = {"runtime": "bash", "source": f"echo {WORD}"}
        status, answer = service.ask("POST", "/v1/jobs", job, **prefer)
        if status not in (200, 202):
            raise Failed(f"submitting answered {status} {answer}")
        promise = "finished" if answer["state"] == "finished" else "accepted"
        os.write(1, f"{promise} {answer['id']}\n".encode())


def promise_until_the_cut(service):
    # Not truncated first: ext4 writes out a file that was (auto_da_alloc in ext4(5)).
    with open(UNSYNCED, "r+b") as file:
        file.write(b"x" * 4096)
    clients = [
        threading.Thread(target=promise_on, args=(service, prefer))
        for prefer in ({}, {}, {"prefer": "wait=20"})
    ]
    for client in clients:
        client.start()
    for client in clients:
        client.join()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--codebox", required=True)
    parser.add_argument("--data-dir", required=True)
    parser.add_argument("--promised", required=True, type=pathlib.Path)
    parser.add_argument("--last", action="store_true")
    options = parser.parse_args()
    promises = options.promised.read_text().splitlines()
    mount()
    try:
        if promises:
            check_cut()
        begin_unsynced()
        with Service(Sandbox(options.codebox, options.data_dir, 0), DISK / "data") as service:
            check_promises(service, promises)
            print(f"kept {len(promises)}", flush=True)
            if not options.last:
                promise_until_the_cut(service)
    except Failed as problem:
        print(f"broken {problem}", flush=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
