"""A `codebox serve` of the benchmark's own: a free loopback port, a scratch data directory."""

import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

import processes

START_SECONDS = 30
STOP_SECONDS = 20
JSON_TYPE = {"Content-Type": "application/json"}
SAMPLE_LINE = re.compile(r"([a-z_:]+)(?:\{(.*)\})? (\S+)")
LABEL = re.compile(r'([a-z_]+)="((?:[^"\\]|\\.)*)"')


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """`settings` are environment variables; `runtimes` limits it to these images."""

    def __init__(self, codebox, data_dir, settings=None, runtimes=None):
        self.codebox = codebox
        self.data_dir = pathlib.Path(data_dir)
        self.settings = settings or {}
        self.runtimes = runtimes
        self.process = None

    def __enter__(self):
        self.log = tempfile.TemporaryFile()
        self.scratch = tempfile.TemporaryDirectory(prefix="codebox-bench.")
        self._lay_out(pathlib.Path(self.scratch.name))
        self.port = free_port()
        # Settings of whoever runs this must not come into it.
        environment = {k: v for k, v in os.environ.items() if not k.startswith("CODEBOX_")}
        self.process = subprocess.Popen(
            [
                self.codebox, "serve", "--host", "127.0.0.1", "--port", str(self.port),
                "--data-dir", self.scratch.name,
            ],
            env=environment | self.settings, stdin=subprocess.DEVNULL, stdout=self.log,
            stderr=subprocess.STDOUT)  # fmt: skip
        try:
            self._wait_until_ready()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()
        self.scratch.cleanup()

    def _lay_out(self, folder):
        # The server drops to another user, who must be able to come in.
        folder.chmod(0o755)
        (folder / "images").symlink_to(self.data_dir / "images")
        if self.runtimes is None:
            (folder / "tags").symlink_to(self.data_dir / "tags")
            return
        (folder / "tags").mkdir()
        for name in self.runtimes:
            # A copy: the server may not read files that links in this folder lead to.
            shutil.copyfile(self.data_dir / "tags" / name, folder / "tags" / name)

    def get(self, path):
        """Status and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def run(self, job):
        """One job's answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("POST", "/v1/run", json.dumps(job), JSON_TYPE)
            answer = connection.getresponse()
            body = answer.read()
            if answer.status != 200:
                sys.exit(f"POST /v1/run answered {answer.status}: {body!r}")
            return json.loads(body)
        finally:
            connection.close()

    def metrics(self):
        """[(name, labels, value)] of GET /metrics; none where the server has no such route."""
        status, body = self.get("/metrics")
        if status != 200:
            return []
        found = filter(None, map(SAMPLE_LINE.fullmatch, body.decode().splitlines()))
        return [(m[1], dict(LABEL.findall(m[2] or "")), float(m[3])) for m in found]

    def metric(self, name, **labels):
        """The sum of all of that name whose labels hold these; None where there is none."""
        values = [
            value
            for found, has, value in self.metrics()
            if found == name and labels.items() <= has.items()
        ]
        return sum(values) if values else None

    def runtime_count(self):
        return len(os.listdir(os.path.join(self.scratch.name, "tags")))

    def part(self, name):
        """The pid of `codebox server` or `codebox-warden`."""
        for pid in processes.children(self.process.pid):
            command = processes.command(pid)
            if command[1:2] == [name] or command[:1] == [f"codebox-{name}"]:
                return pid
        raise SystemExit(f"codebox serve has no {name}; its log:\n{self.log_text()}")

    def log_text(self):
        self.log.seek(0)
        return self.log.read().decode(errors="replace")

    def _wait_until_ready(self):
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                if self.get("/readyz")[0] == 200:
                    return
            except OSError:
                pass
            time.sleep(0.05)
        sys.exit(f"codebox did not become ready; its log:\n{self.log_text()}")
