"""`codebox run` in a delegated cgroup."""

import json
import os
import subprocess

from delegation import Delegation
from expectation import PATIENCE, Failed, expect


class Sandbox:
    """`codebox run` as one user, on programs given as text."""

    def __init__(self, codebox, data_dir, uid):
        self.codebox = codebox
        self.data_dir = data_dir
        self.uid = uid

    def command(self, runtime, limits):
        words = [self.codebox, "run", "-", "--runtime", runtime, "--json"]
        words += ["--data-dir", self.data_dir]
        for name, value in limits.items():
            words += ["--limit", f"{name}={value}"]
        if self.uid:
            identity = [f"--reuid={self.uid}", f"--regid={self.uid}", "--clear-groups"]
            words = ["setpriv", *identity, *words]
        return words

    def environment(self):
        names = {"PATH": os.environ["PATH"], "HOME": "/tmp", "LANG": "C.UTF-8"}
        # The images may be those of whoever runs the tests, whom root trusts as a caller of sudo.
        return names | {"SUDO_UID": str(os.stat(self.data_dir).st_uid)}

    def start(self, delegation, source, runtime="python", **limits):
        """Starts one job in a delegated cgroup, or in this process's own when that is None."""
        job = subprocess.Popen(
            self.command(runtime, limits), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, preexec_fn=delegation and delegation.enter,
            env=self.environment())  # fmt: skip
        job.stdin.write(source)
        job.stdin.close()
        job.stdin = None
        return job

    def run(self, source, runtime="python", **limits):
        """The job's result; fails if codebox did or if anything is left in the cgroup."""
        with Delegation(self.uid) as delegation:
            job = self.start(delegation, source, runtime, **limits)
            result = finish(job)
            expect(not delegation.is_populated(), f"processes are left: {delegation.leaves()}")
            expect(not delegation.folders(), f"cgroups are left: {delegation.folders()}")
            return result


def finish(job):
    try:
        out, err = job.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        job.kill()
        raise Failed(f"codebox did not end within {PATIENCE} s: {job.communicate()[1]}") from None
    try:
        return json.loads(out)
    except ValueError:
        told = f"{out[-500:]!r}, status {job.returncode}, {err[-1500:]!r}"
        raise Failed(f"codebox answered {told}") from None
