#!/usr/bin/env python3
"""Tests packaging/nginx/codebox.conf: nginx ends TLS in front of a CodeBox with API keys.

    Tests/nginx/front.py --codebox .build/debug/codebox [--nginx /usr/sbin/nginx]

Needs nginx and openssl. Everything is in a folder of its own, on free ports of loopback.
"""

import argparse
import http.client
import json
import os
import pathlib
import re
import socket
import ssl
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Benchmarks"))
from server import Server, free_port  # noqa: E402

CONFIGURATION = ROOT / "packaging" / "nginx" / "codebox.conf"
NAME = "codebox.example.org"
KEY = "a-key-for-this-test-alone"
START_SECONDS = 10
JOB = {"runtime": "bash", "source": "echo hello"}

# What a distribution's nginx.conf has, but for the folders.
OUTER = """
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/codebox.conf;
}}
"""


class Front:
    """nginx with the configuration of this tree, its ports and files replaced."""

    def __init__(self, nginx, folder, upstream):
        self.folder, self.port = pathlib.Path(folder), free_port()
        self._make_certificate()
        text = CONFIGURATION.read_text()
        for pattern, replacement in (
            (r"127\.0\.0\.1:8080", f"127.0.0.1:{upstream}"),
            (r"listen 443 ssl", f"listen 127.0.0.1:{self.port} ssl"),
            (r"/etc/ssl/certs/codebox\.pem", f"{folder}/codebox.pem"),
            (r"/etc/ssl/private/codebox\.key", f"{folder}/codebox.key"),
        ):
            text, count = re.subn(pattern, replacement, text)
            if count != 1:
                sys.exit(f"the configuration has {count} times {pattern}, not once")
        (self.folder / "codebox.conf").write_text(text)
        (self.folder / "nginx.conf").write_text(OUTER.format(folder=folder))
        self.process = subprocess.Popen(
            [
                nginx, "-p", str(folder), "-e", f"{folder}/error.log",
                "-c", f"{folder}/nginx.conf", "-g", "daemon off;",
            ])  # fmt: skip
        self._wait_until_it_listens()

    def _make_certificate(self):
        subprocess.run(
            [
                "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", f"/CN={NAME}",
                "-addext", f"subjectAltName=DNS:{NAME}", "-keyout",
                str(self.folder / "codebox.key"), "-out", str(self.folder / "codebox.pem"),
            ],
            check=True, capture_output=True)  # fmt: skip

    def _wait_until_it_listens(self):
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and self.process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        self.stop()
        sys.exit(f"nginx did not start:\n{(self.folder / 'error.log').read_text()}")

    def stop(self):
        self.process.terminate()
        self.process.wait(10)

    def connect(self, newest=None):
        """A connection whose certificate is checked."""
        context = ssl.create_default_context(cafile=str(self.folder / "codebox.pem"))
        if newest:
            context.minimum_version = context.maximum_version = newest
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=20)
        connection = http.client.HTTPConnection(NAME, timeout=20)
        connection.sock = context.wrap_socket(plain, server_hostname=NAME)
        return connection

    def post(self, path, document, key=KEY):
        """Status, headers and body."""
        body = document if isinstance(document, bytes) else json.dumps(document).encode()
        connection = self.connect()
        headers = {"Content-Type": "application/json"}
        if key:
            headers["Authorization"] = f"Bearer {key}"
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        return answer.status, answer.headers, text


def check_run(front):
    status, headers, body = front.post("/v1/run", JOB)
    assert status == 200 and json.loads(body)["stdout"] == "hello\n", (status, body)
    assert headers["X-Content-Type-Options"] == "nosniff", headers.items()


def check_key(front):
    assert front.post("/v1/run", JOB, key=None)[0] == 401


def check_batch(front):
    """The first result comes before the last program has ended."""
    slow = {"runtime": "bash", "source": "sleep 2; echo slow"}
    connection = front.connect()
    begun = time.monotonic()
    connection.request(
        "POST", "/v1/batch", json.dumps({"jobs": [JOB, slow]}),
        {"Content-Type": "application/json", "Authorization": f"Bearer {KEY}"})  # fmt: skip
    answer = connection.getresponse()
    first = json.loads(answer.readline())
    seconds = time.monotonic() - begun
    assert first["index"] == 0 and seconds < 1.8, (first, seconds)
    assert json.loads(answer.read().splitlines()[-1])["finished"] == 2
    connection.close()


def check_body(front):
    status, _, _ = front.post("/v1/run", b"x" * ((16 << 20) + 1))
    assert status == 413, status


def check_old_tls(front):
    try:
        front.connect(newest=ssl.TLSVersion.TLSv1_1)
    except (ssl.SSLError, ConnectionError):
        return
    raise AssertionError("nginx speaks TLS 1.1")


def check_no_keys(front):
    """A server that was started without keys by mistake answers nobody."""
    status, _, body = front.post("/v1/run", JOB, key=None)
    assert status == 421 and b"misdirected_request" in body, (status, body)


def run(options, keys, checks):
    with tempfile.TemporaryDirectory(prefix="codebox-nginx.") as folder:
        os.chmod(folder, 0o755)
        settings = {}
        if keys:
            file = pathlib.Path(folder) / "keys"
            file.write_text(KEY + "\n")
            file.chmod(0o600)
            settings["CODEBOX_API_KEYS_FILE"] = str(file)
        with Server(options.codebox, options.data_dir, settings, ["bash"]) as server:
            front = Front(options.nginx, folder, server.port)
            try:
                for check in checks:
                    check(front)
                    print(f"passed: {check.__name__}")
            finally:
                front.stop()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--codebox", required=True)
    parser.add_argument("--nginx", default="/usr/sbin/nginx")
    parser.add_argument(
        "--data-dir", default=os.environ.get("CODEBOX_DATA_DIR", "/var/lib/codebox"))  # fmt: skip
    options = parser.parse_args()
    run(options, True, [check_run, check_key, check_batch, check_body, check_old_tls])
    run(options, False, [check_no_keys])


if __name__ == "__main__":
    main()
