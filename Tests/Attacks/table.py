"""The table of attacks: one file for each in programs/FAMILY/, whose first lines are its row.

A row is a block of comments at the top of the file, one `key: value` a line:

    attack    what the program tries, as a sentence
    layer     what stops it
    second    what would stop it if that layer failed; `none` where nothing would
    ends      the outcomes that its job may have; `exited` if there is no such line
    off       layers (see LAYERS) without which, one at a time, the attack must succeed; several
              that must be left out together have a `+` between them
    holds     layers without which, one at a time, it must not succeed, because of the second one
    sites     where else it runs: `rootless`, `guest` (cgroup v2), because its layer differs there
    limits    the job's limits, as NAME=VALUE
    host      how much a counter of the host may grow meanwhile, as NAME=VALUE; it then runs alone

A program prints `fell: WHAT` for each thing that it gets and must not, and `held` as its last line
if it ran to its end. It takes at most what a machine without that layer survives.
"""

import dataclasses
import pathlib
import re

HERE = pathlib.Path(__file__).resolve().parent
RUNTIMES = {".py": "python", ".js": "node", ".sh": "bash", ".c": "c"}
KEYS = ("attack", "layer", "second", "ends", "off", "holds", "sites", "limits", "host")
# What a debug build can leave out; see LayerSwitch.swift.
LAYERS = (
    "seccomp", "capabilities", "ids", "proc", "network", "sysctls", "cgroup", "rlimits", "tmpfs",
)  # fmt: skip
SITES = ("rootless", "guest")
OUTCOMES = (
    "exited", "signaled", "wall_time_exceeded", "cpu_time_exceeded", "memory_exceeded",
    "kernel_memory_exceeded",
)  # fmt: skip
# Enough for every program, and little enough that many run at once.
LIMITS = {
    "wall_ms": 8000, "cpu_ms": 8000, "memory_bytes": 128 << 20, "processes": 32,
    "workspace_bytes": 16 << 20, "open_files": 256, "output_bytes": 1 << 16,
}  # fmt: skip
LINE = re.compile(r"(?:#|//) (\w+): (.+)")


class Malformed(Exception):
    """A row that says too little, or something that nobody reads."""


@dataclasses.dataclass(frozen=True)
class Attack:
    path: pathlib.Path
    attack: str
    layer: str
    second: str
    ends: tuple
    off: tuple
    holds: tuple
    sites: tuple
    limits: dict
    host: dict

    @property
    def name(self):
        return f"{self.family}/{self.path.stem}"

    @property
    def family(self):
        return self.path.parent.name

    @property
    def runtime(self):
        return RUNTIMES[self.path.suffix]

    @property
    def is_alone(self):
        return bool(self.host)


def amount(text):
    """A number, or one with K, M or G behind it."""
    units = {"K": 1 << 10, "M": 1 << 20, "G": 1 << 30}
    return int(text[:-1]) * units[text[-1]] if text[-1] in units else int(text)


def amounts(text):
    return {name: amount(value) for name, value in (word.split("=") for word in text.split())}


def rows(path):
    """The key and value lines at the top of a file."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#!"):
            continue
        match = LINE.fullmatch(line)
        if not match:
            break
        key, value = match.groups()
        if key not in KEYS or key in found:
            raise Malformed(f"{path}: `{key}` is unknown or comes twice; the keys are {KEYS}")
        found[key] = value
    return found


def check(path, name, words, known):
    for word in words:
        if word not in known:
            raise Malformed(f"{path}: {name} has `{word}`, which is none of {known}")


def read(path):
    found = rows(path)
    for key in ("attack", "layer", "second"):
        if key not in found:
            raise Malformed(f"{path}: its first lines have no `{key}:`")
    ends = tuple(found.get("ends", "exited").split())
    off = tuple(found.get("off", "").split())
    holds = tuple(found.get("holds", "").split())
    sites = tuple(found.get("sites", "").split())
    check(path, "ends", ends, OUTCOMES)
    check(path, "off", [layer for word in off for layer in word.split("+")], LAYERS)
    check(path, "holds", holds, LAYERS)
    check(path, "sites", sites, SITES)
    limits = LIMITS | amounts(found.get("limits", ""))
    return Attack(
        path, found["attack"], found["layer"], found["second"], ends, off, holds, sites, limits,
        amounts(found.get("host", "")),
    )  # fmt: skip


def load():
    """All attacks, by family and name."""
    paths = [path for path in (HERE / "programs").glob("*/*") if path.suffix in RUNTIMES]
    attacks = [read(path) for path in sorted(paths)]
    names = [attack.name for attack in attacks]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise Malformed(f"two programs have the name {', '.join(sorted(twice))}")
    return attacks
