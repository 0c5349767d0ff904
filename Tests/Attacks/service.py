"""A `codebox serve` for attacks: a free loopback port, a scratch data directory, few slots."""

import http.client
import json
import os
import pathlib
import re
import signal
import subprocess
import tempfile
import time

PATIENCE_SECONDS = 60
SLOTS = 5


class Failed(Exception):
    """The server did not do what it must before any attack can be judged."""


class Service:
    """`settings` are environment variables besides those that every run has."""

    def __init__(self, codebox, data_dir, settings):
        self.codebox = codebox
        self.data_dir = pathlib.Path(data_dir)
        self.settings = settings

    def __enter__(self):
        self.scratch = tempfile.TemporaryDirectory(prefix="codebox-attacked.")
        folder = pathlib.Path(self.scratch.name)
        # The server drops to another user, who must be able to come in.
        folder.chmod(0o755)
        for name in ("images", "tags"):
            (folder / name).symlink_to(self.data_dir / name)
        self.log = open(folder / "log", "w+", encoding="utf-8")
        kept = {key: value for key, value in os.environ.items() if not key.startswith("CODEBOX_")}
        self.process = subprocess.Popen(
            [self.codebox, "serve", "--port", "0", "--data-dir", str(folder)],
            env=kept | {"CODEBOX_SLOTS": str(SLOTS)} | self.settings, stdin=subprocess.DEVNULL,
            stdout=self.log, stderr=subprocess.STDOUT)  # fmt: skip
        try:
            self.port = self._await_port()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _await_port(self):
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end and self.process.poll() is None:
            found = re.search(r"listening on http://127\.0\.0\.1:(\d+)", self.text())
            if found:
                return int(found[1])
            time.sleep(0.05)
        raise Failed(f"codebox serve did not start:\n{self.text()[-2000:]}")

    def text(self):
        return pathlib.Path(self.log.name).read_text(encoding="utf-8", errors="replace")

    def run(self, job):
        """The answer to POST /v1/run."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        try:
            headers = {"Content-Type": "application/json"}
            connection.request("POST", "/v1/run", json.dumps(job), headers)
            response = connection.getresponse()
            body = response.read()
            if response.status != 200:
                raise Failed(f"the server answered {response.status}: {body[:1000]!r}")
            return json.loads(body)
        finally:
            connection.close()

    def resident_bytes(self):
        """Memory of the supervisor and the server."""
        total = 0
        for pid in [self.process.pid, *children(self.process.pid)]:
            found = re.search(r"VmRSS:\s+(\d+) kB", read(f"/proc/{pid}/status"))
            total += int(found[1]) * 1024 if found else 0
        return total

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()
        self.scratch.cleanup()


def read(path):
    try:
        return pathlib.Path(path).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def children(pid):
    return [int(child) for child in read(f"/proc/{pid}/task/{pid}/children").split()]
