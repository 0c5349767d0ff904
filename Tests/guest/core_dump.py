"""The guest's handler of crashes: a program that the kernel runs as root, outside any sandbox."""

import pathlib
import shutil
import subprocess
import time

from expectation import PATIENCE, Failed, expect

PATTERN = pathlib.Path("/proc/sys/kernel/core_pattern")
FOLDER = pathlib.Path("/mnt/crashes")
NAMES = FOLDER / "names"
# Only an exec'ed program can dump its memory: a forked job is as little dumpable as a program that
# has changed its user.
CRASHES = """
import subprocess
for limit in ("", "ulimit -c 0;", "ulimit -c 1;", "ulimit -Sc 1024;", "ulimit -c unlimited;"):
    print(subprocess.run(["bash", "-c", limit + " kill -SEGV $$"]).returncode)
"""
CRASHED = "-11\n" * 5


class Handler:
    """A handler that is on for the length of a `with`, and notes the name of what crashed."""

    def __enter__(self):
        self.before = PATTERN.read_text()
        FOLDER.mkdir()
        NAMES.touch()
        handler = FOLDER / "handler"
        handler.write_text(f'#!/bin/sh\ncat > /dev/null\necho "$1" >> {NAMES}\n')
        handler.chmod(0o755)
        PATTERN.write_text(f"|{handler} %e")
        return self

    def __exit__(self, *_):
        PATTERN.write_text(self.before)
        shutil.rmtree(FOLDER)

    def names(self):
        return NAMES.read_text().split()

    def crash_outside(self):
        """Crashes without a sandbox, and waits for the handler: it is not asked in vain."""
        noted = len(self.names())
        subprocess.run(["sh", "-c", "ulimit -c 0; kill -SEGV $$"], check=False)
        end = time.monotonic() + PATIENCE
        while len(self.names()) == noted:
            if time.monotonic() > end:
                raise Failed("the kernel ran no handler for a crash outside of a sandbox")
            time.sleep(0.05)


def expect_no_handler(run):
    """Runs a job that crashes with `run(source)`; the crash must not reach the handler."""
    with Handler() as handler:
        handler.crash_outside()
        result = run(CRASHES)
        expect(result["stdout"] == CRASHED, f"the crashes of {result}")
        # What crashed before has been handled when this has.
        handler.crash_outside()
        expect(len(handler.names()) == 2, f"the handler ran for {handler.names()}")
