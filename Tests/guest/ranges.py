"""Ranges of subordinate ids for a user, as an administrator gives them in /etc/subuid."""

import pathlib
import subprocess
import tempfile


class Ranges:
    """While in force, files of its own lie over those of /etc, which can't be written to here."""

    FIRST = 3_000_000
    COUNT = 65_536
    NAME = "codebox-test"

    def __init__(self, uid):
        ranges = f"{self.NAME}:{self.FIRST}:{self.COUNT}\n"
        self.files = {
            "/etc/passwd": f"{self.NAME}:x:{uid}:{uid}::/nonexistent:/bin/sh\n",
            "/etc/subuid": ranges,
            "/etc/subgid": ranges,
        }
        self.mounted = []

    def __enter__(self):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="codebox-ranges."))
        for path, text in self.files.items():
            file = folder / pathlib.Path(path).name
            file.write_text(text)
            subprocess.run(["mount", "--bind", str(file), path], check=True)
            self.mounted.append(path)
        return self

    def __exit__(self, *_):
        for path in reversed(self.mounted):
            subprocess.run(["umount", path], check=True)
