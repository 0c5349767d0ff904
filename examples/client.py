#!/usr/bin/env python3
"""client.py: a client for CodeBox in Python's standard library.

Copy the class into your program, or run this file for a demonstration.
"""

import json
import os
import time
import urllib.error
import urllib.request


class Refused(Exception):
    """CodeBox refused a request. `code` is for programs, `detail` for people."""

    def __init__(self, problem):
        super().__init__(problem.get("detail", ""))
        self.code = problem.get("code", "")
        self.field = problem.get("field")
        self.detail = problem.get("detail", "")


class CodeBox:
    """Sends programs to a CodeBox server.

    A program that fails is not an exception: look at the `outcome` of its result. `Refused` means
    that CodeBox did not run the program.
    """

    def __init__(self, url=None, key=None):
        self.url = url or os.environ.get("CODEBOX_SERVER", "http://127.0.0.1:8080")
        self.key = key or os.environ.get("CODEBOX_API_KEY")

    def run(self, runtime, source, **fields):
        """Runs a program and returns its result. The server stores nothing."""
        return self._send("POST", "/v1/run", {"runtime": runtime, "source": source, **fields})

    def submit(self, runtime, source, **fields):
        """Stores a job and returns its id. The job runs even if CodeBox crashes meanwhile."""
        job = self._send("POST", "/v1/jobs", {"runtime": runtime, "source": source, **fields})
        return job["id"]

    def result(self, job_id, wait_seconds=30):
        """Waits for a stored job; returns None if it has not finished in time."""
        job = self._send("GET", f"/v1/jobs/{job_id}?wait={wait_seconds}")
        return job if job["state"] == "finished" else None

    def _send(self, method, path, body=None, attempts=5):
        request = urllib.request.Request(self.url + path, method=method)
        if self.key:
            request.add_header("Authorization", f"Bearer {self.key}")
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        for attempt in range(attempts):
            try:
                with urllib.request.urlopen(request, timeout=90) as response:
                    return json.load(response)
            except urllib.error.HTTPError as error:
                delay = error.headers.get("Retry-After")
                # The server is full or restarts: it says when to ask again.
                if delay is None or attempt == attempts - 1:
                    raise Refused(json.load(error)) from None
                time.sleep(float(delay))
        raise AssertionError("unreachable")


def main():
    box = CodeBox()
    result = box.run("python", "print(input()[::-1])", stdin="stressed\n")
    print("A result:", result["outcome"], repr(result["stdout"]))

    result = box.run("python", "while True: pass", limits={"cpu_ms": 200})
    print("A program that never ends:", result["outcome"])

    job_id = box.submit("node", "console.log([3, 1, 2].sort().join())", labels={"from": "example"})
    print("A stored job:", repr(box.result(job_id)["stdout"]))

    try:
        box.run("python", "print(1)", limits={"memory_bytes": 1})
    except Refused as refused:
        print("A refusal:", refused.code, refused.field)


if __name__ == "__main__":
    main()
