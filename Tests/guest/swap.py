"""The guest's swap: a disk of its own, which the kernel may use while a check runs."""

import pathlib
import signal
import subprocess
import sys

from expectation import Failed, expect

DISK = pathlib.Path("/dev/ubda")
CGROUPS = pathlib.Path("/sys/fs/cgroup")
MIB = 1 << 20
LIMIT = 48 * MIB
# Touches twice as much memory as the limit allows, then says so.
HOG = f"b = bytearray({2 * LIMIT}); print(len(b), flush=True)"


class Swap:
    """Swap that is on for the length of a `with`."""

    def __enter__(self):
        subprocess.run(["swapon", DISK], check=True)
        return self

    def __exit__(self, *_):
        subprocess.run(["swapoff", DISK], check=True)


def pages_swapped_out():
    """Pages that the kernel has written to swap since it started."""
    for line in pathlib.Path("/proc/vmstat").read_text().splitlines():
        name, value = line.split()
        if name == "pswpout":
            return int(value)
    raise Failed("/proc/vmstat has no pswpout")


def expect_nothing_is_swapped(run):
    """Runs the hog with `run(source, memory_bytes)`: it must hit its limit without any swap.

    A process in a cgroup that limits memory alone goes first. It lives on swap, which shows that
    the job would.
    """
    with Swap():
        before = pages_swapped_out()
        printed = run_in_cgroup(CGROUPS)
        expect(printed == f"{2 * LIMIT}\n", f"the hog without a swap limit printed {printed!r}")
        between = pages_swapped_out()
        expect(between - before > 1000, f"the guest does not swap: {between - before} pages")
        result = run(HOG, LIMIT)
        after = pages_swapped_out()
    expect(result["outcome"] == "memory_exceeded", f"outcome {result['outcome']} with swap on")
    expect(result["stdout"] == "", f"the hog printed {result['stdout']!r}")
    expect(after == between, f"{after - between} pages of a job were swapped out")


def run_in_cgroup(root):
    """What the hog prints in a cgroup that limits memory and leaves swap alone."""
    is_v2 = (root / "cgroup.controllers").exists()
    folder = (root if is_v2 else root / "memory") / "swapping"
    folder.mkdir()
    try:
        name = "memory.max" if is_v2 else "memory.limit_in_bytes"
        (folder / name).write_text(str(LIMIT))
        ended = subprocess.run(
            [sys.executable, "-c", HOG], stdout=subprocess.PIPE, text=True, check=False,
            preexec_fn=lambda: (folder / "cgroup.procs").write_text("0"))  # fmt: skip
        expect(ended.returncode != -signal.SIGKILL, "the hog was killed, though there is swap")
        return ended.stdout
    finally:
        folder.rmdir()
