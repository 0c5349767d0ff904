"""A `codebox serve` of the benchmark's own: a free loopback port, a scratch data directory."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time

START_SECONDS = 30
STOP_SECONDS = 20


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    def __init__(self, codebox, data_dir):
        self.port = free_port()
        self.log = tempfile.TemporaryFile()
        self.scratch = tempfile.TemporaryDirectory(prefix="codebox-bench.")
        # The server drops to another user, who must be able to come in.
        os.chmod(self.scratch.name, 0o755)
        for name in ("images", "tags"):
            os.symlink(data_dir / name, os.path.join(self.scratch.name, name))
        self.argv = [
            codebox, "serve", "--host", "127.0.0.1", "--port", str(self.port),
            "--data-dir", self.scratch.name,
        ]  # fmt: skip

    def __enter__(self):
        self.process = subprocess.Popen(
            self.argv, stdin=subprocess.DEVNULL, stdout=self.log, stderr=subprocess.STDOUT)
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

    def _wait_until_ready(self):
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/readyz")
                if connection.getresponse().status == 200:
                    return
            except OSError:
                pass
            finally:
                connection.close()
            time.sleep(0.05)
        self.log.seek(0)
        sys.exit(f"codebox did not become ready; its log:\n{self.log.read().decode()}")
