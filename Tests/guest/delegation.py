"""A delegated cgroup, as systemd makes one for a service with Delegate=yes."""

import itertools
import os
import pathlib
import time

from expectation import PATIENCE, expect

CGROUPS = pathlib.Path("/sys/fs/cgroup")


class Delegation:
    """A cgroup handed to whoever runs codebox, which must leave it as it was."""

    numbers = itertools.count(1)

    def __init__(self, owner):
        self.path = CGROUPS / f"delegated-{next(self.numbers)}"
        self.owner = owner

    def __enter__(self):
        self.path.mkdir()
        # systemd's mark; without it nobody may rearrange a cgroup that holds other processes.
        os.setxattr(self.path, "trusted.delegate", b"1")
        for name in ("", "cgroup.procs", "cgroup.threads", "cgroup.subtree_control"):
            os.chown(self.path / name, self.owner, self.owner)
        return self

    def __exit__(self, *_):
        (self.path / "cgroup.kill").write_text("1")
        self.wait_until_empty()
        for folder, _, _ in os.walk(self.path, topdown=False):
            os.rmdir(folder)

    def enter(self):
        (self.path / "cgroup.procs").write_text("0")

    def wait_until_empty(self):
        deadline = time.monotonic() + PATIENCE
        while "populated 1" in (self.path / "cgroup.events").read_text():
            expect(time.monotonic() < deadline, f"{self.path} still has processes")
            time.sleep(0.02)

    def is_populated(self):
        return "populated 1" in (self.path / "cgroup.events").read_text()

    def folders(self):
        """Cgroups below this one, but for that which codebox moves itself into."""
        below = [path for path in self.path.rglob("*") if path.is_dir()]
        return [path.name for path in below if path.name != "codebox-service"]

    def leaves(self):
        """Cgroups below this one that hold processes, with the processes."""
        found = {}
        for procs in self.path.glob("**/cgroup.procs"):
            if pids := procs.read_text().split():
                found[procs.parent] = [int(pid) for pid in pids]
        return found
