"""What must stay flat: samples of a server's processes and of the kernel, and the verdict."""

import collections
import dataclasses
import math
import os
import pathlib
import re
import statistics
import time
import typing

import processes

MEBIBYTE = 1 << 20
REST_SECONDS = 30
# Sandboxes kept for each of three runtimes: bounds that are met within seconds of load and of rest.
LEAST_WAITING_EACH, MOST_WAITING_EACH = 4, 16
# Cgroups that a warden at rest has made ahead, beyond those in use: `LeafStock.size`.
MADE_AHEAD = 4
MOST_WAITING = 3 * (MOST_WAITING_EACH - LEAST_WAITING_EACH)
POOLS = {
    "CODEBOX_WARM_POOL_MINIMUM": str(LEAST_WAITING_EACH),
    "CODEBOX_WARM_POOL_MAXIMUM": str(MOST_WAITING_EACH),
    "CODEBOX_WARM_POOL_SHRINK_AFTER_SECONDS": "0.5",
}
# Of all samples the first tenth is warm-up; first and last third of what is left are compared.
WARM_UP_SHARE = 0.1


@dataclasses.dataclass(frozen=True)
class Series:
    """One column. It has grown when last > first × (1 + share) + amount, of the thirds' medians."""

    name: str
    look: typing.Callable
    share: float = math.inf  # infinite: only shown
    amount: float = 0
    unit: float = 1


LEVELS = ("waiting", "making", "target")
# Compared before and after, to the last one but for this many.
RESTING = {"server fds": 6, "warden fds": 0, "processes": 0, "cgroups": 0, "mounts": 0}


def remains(before, after):
    """Sentences about what is there at rest that was not before."""
    return [
        f"at rest there were {before[name]} {name} before and are {after[name]} now"
        for name, slack in RESTING.items()
        if after[name] > before[name] + slack
    ]


class Latencies:
    """Of the answers since the last sample, in milliseconds."""

    def __init__(self):
        self.seconds = []

    def percentile(self, share):
        ordered = sorted(self.seconds)
        return ordered[math.ceil(share * len(ordered)) - 1] * 1e3 if ordered else None


class Watch:
    """Samples a server every few seconds. `slack` widens every tolerance: 1 is a long run's."""

    def __init__(self, server, slack):
        self.server = server
        self.slack = slack
        self.parts = {name: server.part(name) for name in ("server", "warden")}
        self.latencies = Latencies()
        self.answered = 0
        self.rows = []
        self.begun = self.last = time.monotonic()
        self.answered_then = 0
        self.series = [
            Series("jobs", lambda: self.answered),
            Series("jobs/s", self._rate),
            Series("p50 ms", lambda: self.latencies.percentile(0.50), 0.25, 2),
            Series("p99 ms", lambda: self.latencies.percentile(0.99), 0.5, 20),
            Series("server RSS MB", lambda: self._memory("server", "Rss"), 0.1, 8 * MEBIBYTE, 1e6),
            # These four follow the pools, which grow and shrink with demand (MOST_WAITING); what
            # they are at rest is compared without that.
            Series("server fds", lambda: self._files("server"), 0.1, 4 * MOST_WAITING),
            Series("warden fds", lambda: self._files("warden"), 0.1, 10 * MOST_WAITING),
            Series("processes", self._processes, 0.1, 2 * MOST_WAITING),
            Series("cgroups", self._cgroups, 0.1, 4 * MOST_WAITING),
            Series("mounts", self._mounts, 0.05, 2),
            Series("warden RSS MB", lambda: self._memory("warden", "Rss"), 0.1, 2 * MEBIBYTE, 1e6),
            Series("zygote RSS MB", self._zygotes, 0.1, 6 * MEBIBYTE, 1e6),
            Series("memory cgroups", memory_cgroups, 0.15, 2 * MOST_WAITING),
            Series("slab MB", lambda: meminfo("SUnreclaim"), 0.15, 32 * MEBIBYTE, 1e6),
            Series("percpu MB", lambda: meminfo("Percpu"), 0.15, 4 * MEBIBYTE, 1e6),
            Series("waiting", lambda: server.metric("codebox_pool_waiting")),
            Series("cold", lambda: server.metric("codebox_runs_cold_total")),
            Series("fallbacks", lambda: server.metric("codebox_zygote_fallbacks_total")),
            Series("zygotes", lambda: server.metric("codebox_zygote_starts_total")),
        ]

    def sample(self):
        self.rows.append([series.look() for series in self.series])
        self.latencies = Latencies()
        self.last, self.answered_then = time.monotonic(), self.answered

    def table(self, most=40):
        """Every so many samples, so that it stays readable."""
        step = max(1, len(self.rows) // most)
        shown = self.rows[::step]
        if self.rows and shown[-1] is not self.rows[-1]:
            shown.append(self.rows[-1])
        head = [series.name for series in self.series]
        cells = [
            ["" if value is None else told(value / series.unit)
             for series, value in zip(self.series, row, strict=True)]
            for row in shown
        ]  # fmt: skip
        widths = [max(map(len, column)) for column in zip(head, *cells, strict=True)]
        return "\n".join(
            "  ".join(text.rjust(width) for text, width in zip(row, widths, strict=True))
            for row in [head, *cells])  # fmt: skip

    def grown(self):
        """Sentences about what is not flat."""
        steady = self.rows[math.ceil(len(self.rows) * WARM_UP_SHARE) :]
        third = len(steady) // 3
        if third == 0:
            return ["the run was too short for three samples; give it more jobs"]
        found = []
        for index, series in enumerate(self.series):
            first = middle(row[index] for row in steady[:third])
            last = middle(row[index] for row in steady[-third:])
            if first is None or last is None or series.share == math.inf:
                continue
            bound = first * (1 + series.share * self.slack) + series.amount * self.slack
            if last > bound:
                found.append(
                    f"{series.name} went from {told(first / series.unit)} to "
                    f"{told(last / series.unit)}; {told(bound / series.unit)} is the most allowed"
                )
        return found

    def at_rest(self, before=None):
        """{what: count} once no job runs and pools are back at their least, and as little is there
        as `before`; and sentences about what of that does not come about."""
        deadline = time.monotonic() + REST_SECONDS
        while True:
            problems = self._restlessness()
            counts = {one.name: one.look() for one in self.series if one.name in RESTING}
            if not problems and before:
                problems = remains(before, counts)
            if not problems:
                return counts, []
            if time.monotonic() > deadline:
                return counts, [*problems, f"processes: {self._census()}"]
            time.sleep(0.2)

    def _restlessness(self):
        standing = len(processes.sandboxes(self.parts["warden"]))
        levels = {name: self.server.metric(f"codebox_pool_{name}") or 0 for name in LEVELS}
        waiting = levels["waiting"]
        least = self.server.runtime_count() * LEAST_WAITING_EACH
        if not standing == waiting == least or levels["making"] != 0:
            told = ", ".join(f"{value:.0f} {name}" for name, value in levels.items())
            return [f"no rest: {standing} sandboxes stand, {least} should; in pools: {told}"]
        # Measured with fewer, those that the warden adds later would pass for a leak.
        ahead = {len(leaves) - standing for leaves in self._leaves()}
        if ahead == {MADE_AHEAD}:
            return []
        return [f"no rest: {sorted(ahead)} cgroups are made ahead, {MADE_AHEAD} should be"]

    def _census(self):
        """Which processes there are, zombies (Z) among them."""
        boxes = processes.sandboxes(self.parts["warden"]).values()
        inside = [pid for pids in boxes for pid in pids]
        kinds = collections.Counter(
            f"{'sandboxed ' if pid in inside else ''}{processes.name_and_state(pid)}"
            for pid in processes.descendants(self.server.process.pid))  # fmt: skip
        return ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())

    def _rate(self):
        elapsed = time.monotonic() - self.last
        return (self.answered - self.answered_then) / elapsed if elapsed > 0 else None

    def _memory(self, part, figure):
        return processes.memory(self.parts[part]).get(figure)

    def _files(self, part):
        return processes.open_files(self.parts[part])

    def _zygotes(self):
        sizes = [processes.memory(p).get("Rss", 0) for p in processes.zygotes(self.parts["warden"])]
        return max(sizes, default=None)

    def _processes(self):
        return len(processes.descendants(self.server.process.pid))

    def _mounts(self):
        """Of every mount namespace that the server's own processes are in.

        The warden is in an image's template, which has fewer, whenever it clones a sandbox."""
        pids = [self.server.process.pid, *self.parts.values()]
        most = dict.fromkeys(pids, 0)
        for _ in range(5):
            for pid in pids:
                most[pid] = max(most[pid], line_count(f"/proc/{pid}/mounts"))
            time.sleep(0.002)
        return sum(most.values())

    def _folders(self):
        """The names of those in the warden's own, a list for each hierarchy."""
        own = f"codebox-{self.parts['warden']}-"
        return [
            folders
            for path, folders, _ in os.walk("/sys/fs/cgroup")
            if os.path.basename(path).startswith(own)
        ]

    def _leaves(self):
        """Those of sandboxes, waiting or in use, and those made ahead."""
        return [
            [name for name in folders if name.startswith("job-")] for folders in self._folders()
        ]

    def _cgroups(self):
        """Folders in the warden's own, in all hierarchies together."""
        return sum(map(len, self._folders()))


def memory_cgroups():
    """Those of the whole machine, removed ones that the kernel still holds on to included."""
    text = pathlib.Path("/proc/cgroups").read_text()
    found = re.search(r"^memory\s+\d+\s+(\d+)", text, re.MULTILINE)
    return int(found[1]) if found else None


def meminfo(name):
    text = pathlib.Path("/proc/meminfo").read_text()
    found = re.search(rf"^{name}: +(\d+) kB", text, re.MULTILINE)
    return int(found[1]) * 1024 if found else None


def line_count(path):
    with open(path) as file:
        return sum(1 for _ in file)


def middle(values):
    values = [value for value in values if value is not None]
    return statistics.median(values) if values else None


def told(value):
    return f"{value:.0f}" if value >= 1000 or value == int(value) else f"{value:.1f}"
