"""The load generator: load/*.c, compiled for the run, one process for each measurement."""

import array
import dataclasses
import math
import os
import pathlib
import struct
import subprocess

SOURCES = pathlib.Path(__file__).parent / "load"
HEADER = struct.Struct("5Q")
CPU_SOURCES = ("cpuacct.usage of the root cgroup", "cpu.stat of the root cgroup", "/proc/stat")
# What everything that is spawned gets, and no more.
ENVIRONMENT = {"PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "LANG": "C.UTF-8"}


@dataclasses.dataclass(frozen=True)
class Way:
    """How it is asked: so many in flight, each begun as soon as one ended, or after a gap."""

    name: str
    title: str
    in_flight: int = 1
    gap_ms: float = 0


class Samples:
    """Latencies in nanoseconds, how long it took to get them, and the machine's CPU time then."""

    def __init__(self):
        self.latencies = array.array("Q")
        self.elapsed_ns = self.machine_cpu_us = self.own_cpu_us = 0
        self.cpu_source = None

    def add(self, outcome):
        elapsed, machine, own, source, count = HEADER.unpack_from(outcome)
        latencies = array.array("Q", outcome[HEADER.size :])
        assert len(latencies) == count
        self.latencies += latencies
        self.elapsed_ns += elapsed
        self.machine_cpu_us += machine
        self.own_cpu_us += own
        self.cpu_source = CPU_SOURCES[source]

    def summary(self):
        count = len(self.latencies)
        ordered = sorted(self.latencies)

        def percentile(share):
            return ordered[math.ceil(share * count) - 1] / 1e6

        return {
            "samples": count,
            "p50_ms": percentile(0.50),
            "p99_ms": percentile(0.99),
            "spread": (percentile(0.75) - percentile(0.25)) / percentile(0.50),
            "per_second": count / self.elapsed_ns * 1e9,
            "cpu_ms": (self.machine_cpu_us - self.own_cpu_us) / 1e3 / count,
        }


class Generator:
    def __init__(self, scratch):
        self.scratch = pathlib.Path(scratch)
        self.program = self.scratch / "load"
        sources = sorted(str(path) for path in SOURCES.glob("*.c"))
        compiler = os.environ.get("CC", "cc")
        subprocess.run(
            [compiler, "-O2", "-Wall", "-D_GNU_SOURCE", "-o", str(self.program), *sources],
            check=True,
        )

    def file(self, name, content):
        path = self.scratch / name
        path.write_bytes(content)
        return str(path)

    def collect(self, samples, errand, way, seconds, least=1, most=2_000_000):
        """Adds to the samples. A wrong answer ends the run: no figure is worth having then."""
        argv = [
            str(self.program), "--seconds", f"{seconds:.3f}", "--in-flight", str(way.in_flight),
            "--gap-ms", str(way.gap_ms), "--least", str(least), "--most", str(most), *errand,
        ]  # fmt: skip
        ran = subprocess.run(argv, stdout=subprocess.PIPE, env=ENVIRONMENT)
        if ran.returncode != 0:
            raise SystemExit(f"{' '.join(argv)} failed; see its message above")
        samples.add(ran.stdout)
