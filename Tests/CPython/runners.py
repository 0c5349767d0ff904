"""The ways to run one module of CPython's tests."""

import base64
import http.client
import json
import pathlib
import subprocess
import tempfile
import time

from ends import Ends

PROGRAM = pathlib.Path(__file__).with_name("in_sandbox.py")
# Four times what the slowest module of modules.txt takes bare on an idle machine.
WALL_SECONDS = 120
TOO_LONG = f"longer than {WALL_SECONDS} s"
# As in the image's manifest.
ENVIRONMENT = {"PATH": "/usr/bin", "HOME": "/workspace", "LANG": "C.UTF-8"}
# Of the server: jobs may ask for no more than 60 s by default.
SETTINGS = {
    "CODEBOX_LIMITS_CEILING_WALL_MS": str(WALL_SECONDS * 1000),
    "CODEBOX_LIMITS_CEILING_CPU_MS": str(WALL_SECONDS * 1000),
    # Waiting sandboxes bring nothing to jobs of seconds.
    "CODEBOX_WARM_POOL_MAXIMUM": "0",
}
LIMITS = {
    "wall_ms": WALL_SECONDS * 1000,
    "cpu_ms": WALL_SECONDS * 1000,
    "cpus": 4,
    "memory_bytes": 1 << 30,
    "processes": 256,
    "output_bytes": 16 << 20,
    # The workspace (64 MiB) and open files (256) are the default ones, as in bare-interpreter.
}


class Bare:
    """The interpreter in its image, with nothing of CodeBox around it (Tests/BareInterpreter)."""

    name = "bare"

    def __init__(self, program, data, runtime):
        self._program = program
        digest = (data / "tags" / runtime).read_text().strip()
        self._rootfs = data / "images" / digest / "rootfs"

    def run(self, module):
        with tempfile.TemporaryDirectory() as folder:
            workspace = pathlib.Path(folder)
            (workspace / "main.py").write_bytes(PROGRAM.read_bytes())
            subprocess.run(["chown", "-R", "1000:1000", folder], check=True)
            began = time.monotonic()
            process = subprocess.Popen(
                [self._program, self._rootfs, folder, "/usr/bin/python3", "main.py", module],
                env=ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL, process_group=0)  # fmt: skip
            try:
                stdout, _ = process.communicate(timeout=WALL_SECONDS)
                otherwise = f"exit status {process.returncode}"
            except subprocess.TimeoutExpired:
                # Its pid namespace ends with it.
                process.kill()
                stdout, _ = process.communicate()
                otherwise = TOO_LONG
            return Ends.read(module, stdout, time.monotonic() - began, otherwise)


class Job:
    """A job of a server; its interpreter is started for it, or forked from a zygote."""

    def __init__(self, name, port, runtime, zygote):
        self.name = name
        self._port = port
        self._runtime = runtime
        self._zygote = zygote

    def run(self, module):
        began = time.monotonic()
        job = self._post({"source": PROGRAM.read_text(), "args": [module], "limits": LIMITS})
        seconds = time.monotonic() - began
        if job["timings"]["forked"] != self._zygote:
            raise SystemExit(f"{module} was {'not ' * self._zygote}forked")
        stdout = job["stdout"].encode()
        if job["stdout_encoding"] == "base64":
            stdout = base64.b64decode(stdout)
        if job["outcome"] == "exited":
            otherwise = f"exit status {job['exit_code']}"
        elif job["outcome"] == "signaled":
            otherwise = f"exit status {-job['signal']}"
        else:
            otherwise = TOO_LONG if job["outcome"] == "wall_time_exceeded" else job["outcome"]
        return Ends.read(module, stdout, seconds, otherwise)

    def wait_for_zygote(self):
        """Until one is up, jobs are exec'ed."""
        deadline = time.monotonic() + 30
        while not self._post({"source": ""})["timings"]["forked"]:
            if time.monotonic() > deadline:
                raise SystemExit(f"no {self._runtime} was forked within 30 s")
            time.sleep(0.1)

    def _post(self, job):
        job["runtime"] = self._runtime
        if not self._zygote:
            job["zygote"] = "off"
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=WALL_SECONDS + 30)
        try:
            connection.request(
                "POST", "/v1/run", json.dumps(job), {"Content-Type": "application/json"}
            )
            answer = connection.getresponse()
            body = answer.read()
        finally:
            connection.close()
        if answer.status != 200:
            raise SystemExit(f"POST /v1/run answered {answer.status}: {body!r}")
        return json.loads(body)
