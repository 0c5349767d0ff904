"""What /proc tells of processes and their memory."""

import collections
import os
import pathlib
import re

PROC = pathlib.Path("/proc")
CGROUPS = pathlib.Path("/sys/fs/cgroup")
INTERPRETERS = ("python", "node")
KIBIBYTE = 1024


def children(parent):
    """Pids whose parent it is, whichever of its threads made them."""
    found = []
    for folder in PROC.iterdir():
        if folder.name.isdigit():
            fields = _read(folder / "stat").rpartition(")")[2].split()
            if len(fields) > 1 and int(fields[1]) == parent:
                found.append(int(folder.name))
    return found


def descendants(parent):
    parents = collections.defaultdict(list)
    for folder in PROC.iterdir():
        if folder.name.isdigit():
            fields = _read(folder / "stat").rpartition(")")[2].split()
            if len(fields) > 1:
                parents[int(fields[1])].append(int(folder.name))
    found, waiting = [], [parent]
    while waiting:
        waiting += (below := parents[waiting.pop()])
        found += below
    return found


def command(pid):
    return _read(PROC / str(pid) / "cmdline").split("\0")[:-1]


def memory(pid):
    """Bytes: {"Rss", "Pss", "Private_Dirty", …} of smaps_rollup; empty for one that is gone."""
    text = _read(PROC / str(pid) / "smaps_rollup")
    return {
        match[1]: int(match[2]) * KIBIBYTE
        for match in re.finditer(r"^(\w+): +(\d+) kB$", text, re.MULTILINE)
    }


# The warden keeps at most so many network namespaces for sandboxes to come.
MOST_NETWORKS = 64


def open_files(pid):
    """How many descriptors a process has, without network namespaces that wait for a sandbox."""
    folder = PROC / str(pid) / "fd"
    targets = [_target(folder / name) for name in os.listdir(folder)]
    networks = sum(target.startswith("net:") for target in targets)
    return len(targets) - min(networks, MOST_NETWORKS)


def _target(link):
    try:
        return os.readlink(link)
    except FileNotFoundError:
        # It was closed meanwhile.
        return ""


def sandboxes(warden):
    """Those of a warden that stand: {pid namespace: [pids]}."""
    # Root's warden and its zygotes live in a pid namespace of the warden's.
    outside = {os.readlink("/proc/self/ns/pid"), os.readlink(PROC / str(warden) / "ns" / "pid")}
    found = collections.defaultdict(list)
    for pid in descendants(warden):
        try:
            namespace = os.readlink(PROC / str(pid) / "ns" / "pid")
        except OSError:
            continue
        if namespace not in outside:
            found[namespace].append(pid)
    return found


def zygotes(warden):
    """Interpreters of a warden outside of any sandbox."""
    inside = {pid for pids in sandboxes(warden).values() for pid in pids}
    outside = [pid for pid in descendants(warden) if pid not in inside]
    # The others are sandboxes that only begin.
    return [pid for pid in outside if program(pid).startswith(INTERPRETERS)]


def program(pid):
    try:
        return os.path.basename(os.readlink(PROC / str(pid) / "exe"))
    except OSError:
        return ""


def name_and_state(pid):
    """Like `python3 (S)`; state Z is a process that its parent has not reaped."""
    name, _, rest = _read(PROC / str(pid) / "stat").partition("(")[2].rpartition(")")
    return f"{name} ({rest.split()[0] if rest else '?'})"


def cgroup_folder(pid):
    """Where the process's cgroup is, memory's on v1; None if it is gone."""
    for line in _read(PROC / str(pid) / "cgroup").splitlines():
        _, controllers, path = line.split(":", 2)
        if controllers == "memory":
            return CGROUPS / "memory" / path[1:]
        if controllers == "" and (CGROUPS / "cgroup.controllers").exists():
            return CGROUPS / path[1:]
    return None


def kernel_memory(pid):
    """Bytes of kernel memory that the process's cgroup is charged for; None if it doesn't tell."""
    folder = cgroup_folder(pid)
    if folder is None:
        return None
    if text := _read(folder / "memory.kmem.usage_in_bytes"):
        return int(text)
    found = re.search(r"^kernel (\d+)$", _read(folder / "memory.stat"), re.MULTILINE)
    return int(found[1]) if found else None


def available_memory():
    """Bytes that programs could still take on this machine."""
    return int(re.search(r"MemAvailable: +(\d+)", _read(PROC / "meminfo"))[1]) * KIBIBYTE


def _read(path):
    try:
        return path.read_text(errors="replace")
    except OSError:
        return ""
