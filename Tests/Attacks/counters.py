"""The host's own counters: what a job may not take from the machine, whatever its result says."""

import os
import pathlib
import threading

# Names that a row's `host:` may have, with what they count.
COUNTERS = {
    "slab": "bytes of kernel memory that can't be reclaimed",
    "memory": "bytes that are no longer available",
    "sockets": "sockets",
    "files": "open files",
    "inodes": "inodes of tmpfs",
    "pids": "processes and threads",
    "ptys": "terminals",
    "dirty": "bytes that wait to be written to disk",
    "flushes": "times that a disk was told to flush",
    "signals": "signals and timers that are charged to this process's user",
    "mounts": "mounts of this namespace",
    "keys": "keys of all users",
}
EVERY_SECONDS = 0.05


def fields(path):
    """The numbers of a file of `Name: value kB` lines, in bytes."""
    found = {}
    for line in pathlib.Path(path).read_text().splitlines():
        name, _, rest = line.partition(":")
        words = rest.split()
        if words and words[0].isdigit():
            found[name] = int(words[0]) * (1024 if words[1:] == ["kB"] else 1)
    return found


def caches():
    """Objects in use by the name of the slab cache; only root may read them."""
    if os.geteuid() != 0:
        return {}
    lines = pathlib.Path("/proc/slabinfo").read_text().splitlines()[2:]
    return {line.split()[0]: int(line.split()[1]) for line in lines}


def flushes():
    lines = pathlib.Path("/proc/diskstats").read_text().splitlines()
    # The 19th field of a disk (Documentation/admin-guide/iostats.rst).
    return sum(int(words[18]) for words in map(str.split, lines) if len(words) > 18)


def keys():
    lines = pathlib.Path("/proc/key-users").read_text().splitlines()
    return sum(int(line.split()[2].split("/")[0]) for line in lines)


def read():
    memory = fields("/proc/meminfo")
    objects = caches()
    status = pathlib.Path("/proc/self/status").read_text()
    signals = next(line for line in status.splitlines() if line.startswith("SigQ:"))
    return {
        "slab": memory["SUnreclaim"] + memory.get("KernelStack", 0),
        "memory": memory["MemTotal"] - memory["MemAvailable"],
        "sockets": objects.get("sock_inode_cache", 0),
        "files": int(pathlib.Path("/proc/sys/fs/file-nr").read_text().split()[0]),
        "inodes": objects.get("shmem_inode_cache", 0),
        "pids": int(pathlib.Path("/proc/loadavg").read_text().split()[3].split("/")[1]),
        "ptys": int(pathlib.Path("/proc/sys/kernel/pty/nr").read_text()),
        "dirty": memory["Dirty"] + memory["Writeback"],
        "flushes": flushes(),
        "signals": int(signals.split()[1].split("/")[0]),
        "mounts": len(pathlib.Path("/proc/self/mountinfo").read_text().splitlines()),
        "keys": keys(),
    }


class Watch:
    """Samples the counters while a `with` lasts; `grown` has the most that each grew by."""

    def __enter__(self):
        self.before = read()
        self.grown = dict.fromkeys(COUNTERS, 0)
        self.ending = threading.Event()
        self.thread = threading.Thread(target=self._sample)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.ending.set()
        self.thread.join()
        self._look()

    def _sample(self):
        while not self.ending.wait(EVERY_SECONDS):
            self._look()

    def _look(self):
        for name, value in read().items():
            self.grown[name] = max(self.grown[name], value - self.before[name])

    def beyond(self, bounds):
        """Sentences about the counters that grew by more than they may."""
        return [
            f"the host's {name} ({COUNTERS[name]}) grew by {self.grown[name]}, beyond {bound}"
            for name, bound in bounds.items()
            if self.grown[name] > bound
        ]
