#!/usr/bin/env python3
"""Durability across a power cut: kills a guest amid its promises and looks for them afterwards.

    power_cut.py --codebox PATH --data-dir FOLDER [--cuts N] [--keep PATH]...

The guest's data directory is on a disk of its own, a file of this machine's. kill -9 of the guest
takes its memory and leaves the disk as it is, as a power cut does: what was written and never
synced is lost, which each boot checks with a file of its own.
"""

import argparse
import os
import pathlib
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
DISK_MIB = 192
PROMISE = re.compile(r"(accepted|finished) \S+\n")
# The power goes after so many promises, and a moment more.
FEWEST_PROMISES, MOST_PROMISES = 15, 40
SECONDS = 90


class Boot:
    """One boot of the guest, up to its end or to the cut."""

    def __init__(self, options, scratch, is_last):
        keep = [word for path in [scratch, *options.keep] for word in ("--keep", str(path))]
        command = [HERE / "boot", "--seconds", str(SECONDS), *keep, "--disk", scratch / "disk"]
        command += ["python3", "-B", "power_cut_guest.py", "--codebox", options.codebox]
        command += ["--data-dir", options.data_dir, "--promised", scratch / "promised"]
        self.guest = subprocess.Popen(
            command + (["--last"] if is_last else []), cwd=HERE, stdout=subprocess.PIPE, text=True
        )
        self.promises = []
        self.kept = None

    def read_until(self, enough):
        """Reads the guest's lines; returns once there are enough promises, or at its end."""
        for line in self.guest.stdout:
            if PROMISE.fullmatch(line):
                self.promises.append(line)
                if len(self.promises) >= enough:
                    return
            elif line.startswith("kept "):
                self.kept = int(line.split()[1])
            else:
                print(f"guest: {line}", end="", flush=True)

    def cut(self):
        """The power goes; promises that were made on the way count too."""
        reader = threading.Thread(target=self.read_until, args=(1 << 30,))
        reader.start()
        time.sleep(random.uniform(0, 0.4))
        # `boot` kills the guest, all of it at once.
        self.guest.send_signal(signal.SIGTERM)
        self.guest.wait()
        reader.join()


def make_disk(path):
    path.touch(mode=0o600)
    with open(path, "r+b") as disk:
        disk.truncate(DISK_MIB << 20)
    tools = {"PATH": os.environ["PATH"] + ":/usr/sbin:/sbin"}
    subprocess.run(["mke2fs", "-q", "-t", "ext4", "-F", path], check=True, env=tools)


def check_power_cuts(options, scratch):
    """Returns what went wrong; None if every promise was kept."""
    make_disk(scratch / "disk")
    promised = []
    for number in range(options.cuts + 1):
        (scratch / "promised").write_text("".join(promised))
        boot = Boot(options, scratch, is_last=number == options.cuts)
        enough = random.randint(FEWEST_PROMISES, MOST_PROMISES)
        boot.read_until(enough)
        if number < options.cuts and len(boot.promises) >= enough:
            boot.cut()
        else:
            boot.guest.wait()
        if boot.kept != len(promised):
            return f"boot {number + 1}: not all of {len(promised)} promises were kept"
        if number == options.cuts:
            return None
        if len(boot.promises) < enough:
            return f"boot {number + 1}: the guest ended after {len(boot.promises)} promises"
        print(f"cut {number + 1} after {len(boot.promises)} promises", flush=True)
        promised += boot.promises


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--codebox", required=True)
    parser.add_argument("--data-dir", required=True)
    parser.add_argument("--cuts", type=int, default=2)
    parser.add_argument("--keep", action="append", default=[])
    options = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="codebox-power-cut.") as folder:
        problem = check_power_cuts(options, pathlib.Path(folder))
    title = f"what was promised is there after a power cut ({time.monotonic() - started:.0f} s)"
    print(f"not ok {title}: {problem}" if problem else f"ok     {title}", flush=True)
    return 1 if problem else 0


if __name__ == "__main__":
    sys.exit(main())
