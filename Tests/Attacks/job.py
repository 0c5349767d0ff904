"""What an attack is sent as: a job of one of the runtimes, with what the programs share."""

import base64
import concurrent.futures
import pathlib
import subprocess
import tempfile

from table import HERE, RUNTIMES

SHARED = HERE / "shared"
# A program in C replaces an interpreter, which may have been forked from a zygote.
LAUNCHER = """
import os
os.chmod("attack", 0o755)
os.execv("./attack", ["attack"])
"""


class Programs:
    """The programs in C, each compiled once into a folder, with the toolchain's clang."""

    def __init__(self, folder=None):
        self.scratch = None
        if folder is None:
            self.scratch = tempfile.TemporaryDirectory(prefix="codebox-attacks.")
            folder = self.scratch.name
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.scratch:
            self.scratch.cleanup()

    def path(self, attack):
        return self.folder / attack.name.replace("/", "-")

    def compile(self, attacks):
        """Compiles what is missing; two at a time, since a machine has that many cores."""
        sources = [attack for attack in attacks if attack.runtime == "c"]
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            list(pool.map(self._compile, sources))

    def _compile(self, attack):
        program = self.path(attack)
        if program.exists():
            return
        flags = ["-static", "-s", "-O1", "-Wall", "-Werror", "-pthread", "-D_GNU_SOURCE"]
        command = ["clang", *flags, f"-I{SHARED}", "-o", str(program), str(attack.path)]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(f"{attack.path} can't be compiled:\n{done.stderr}")

    def job(self, attack):
        """The body of a request."""
        runtime = attack.runtime
        if runtime == "c":
            content = base64.b64encode(self.path(attack).read_bytes()).decode()
            files = [{"path": "attack", "content": content, "encoding": "base64"}]
            runtime, source = "python", LAUNCHER
        else:
            suffix = next(key for key, value in RUNTIMES.items() if value == runtime)
            helper = SHARED / f"attack{suffix}"
            files = [{"path": helper.name, "content": helper.read_text(encoding="utf-8")}]
            source = attack.path.read_text(encoding="utf-8")
        return {"runtime": runtime, "source": source, "files": files, "limits": attack.limits}
