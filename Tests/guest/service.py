"""`codebox serve` in a delegated cgroup."""

import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import time

from delegation import Delegation
from expectation import PATIENCE, Failed, expect


class Service:
    """A server of one user's, with the images of a data directory; `with` starts and ends it.

    Its own data directory is a temporary one, or `folder`, which outlives it.
    """

    def __init__(self, sandbox, folder=None):
        self.sandbox = sandbox
        self.kept = folder

    def command(self):
        words = [self.sandbox.codebox, "serve", "--port", "0", "--data-dir", str(self.folder)]
        # Any ordinary user will do, and the guest's files are read-only: none can be made.
        words += ["--user", "daemon", "--slots", "2", "--warm-pool-minimum", "1"]
        if uid := self.sandbox.uid:
            return ["setpriv", f"--reuid={uid}", f"--regid={uid}", "--clear-groups", *words]
        return words

    def __enter__(self):
        self.folder = self.kept or pathlib.Path(tempfile.mkdtemp(prefix="codebox-guest-data."))
        self.folder.mkdir(exist_ok=True)
        os.chown(self.folder, self.sandbox.uid, self.sandbox.uid)
        self.folder.chmod(0o755)
        for name in ("images", "tags"):
            if not (self.folder / name).is_symlink():
                (self.folder / name).symlink_to(pathlib.Path(self.sandbox.data_dir) / name)
        self.delegation = Delegation(self.sandbox.uid).__enter__()
        self.process = subprocess.Popen(
            self.command(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=open(self.folder / "log", "w"),
            text=True,
            preexec_fn=self.delegation.enter,
            env={"PATH": os.environ["PATH"], "HOME": str(self.folder), "LANG": "C.UTF-8"},
        )
        line = self.process.stdout.readline()
        found = re.search(r"listening on http://127\.0\.0\.1:(\d+)", line)
        if not found:
            log = (self.folder / "log").read_text()[-1500:]
            self.__exit__()
            raise Failed(f"codebox serve said {line!r} {log}")
        self.port = int(found[1])
        return self

    def ask(self, method, path, body=None, **headers):
        """Status and JSON of one request."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            text = None if body is None else json.dumps(body)
            connection.request(method, path, text, {"content-type": "application/json"} | headers)
            response = connection.getresponse()
            return response.status, json.loads(response.read())
        finally:
            connection.close()

    def run(self, source, runtime="python", **limits):
        """The answer to POST /v1/run."""
        job = {"runtime": runtime, "source": source, "limits": limits}
        return self.ask("POST", "/v1/run", job)[1]

    def run_forked(self, source, runtime="python", **limits):
        """The same, once a zygote is up that the job is forked from."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            answer = self.run(source, runtime, **limits)
            if answer.get("timings", {}).get("forked"):
                return answer
            time.sleep(0.5)
        raise Failed(f"no job was forked: {answer} {(self.folder / 'log').read_text()[-1500:]}")

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        left = self.delegation.folders()
        self.delegation.__exit__(None, None, None)
        if not self.kept:
            shutil.rmtree(self.folder, ignore_errors=True)
        expect(not left, f"cgroups are left: {left}")
