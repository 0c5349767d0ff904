#!/usr/bin/env python3
"""Shows where the CPU time of a job goes, on the whole machine.

Usage: cpu_profile.py --codebox .build/release/codebox

Keeps so many jobs in flight, samples every stack with perf meanwhile, and prints microseconds of
CPU a job, by who spent them and by what the kernel did for it; with --flame, a flame graph too.
Needs root and perf (Debian: linux-perf).
"""

import argparse
import collections
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import flame
import programs
from generator import Generator, Samples, Way
from server import Server

HERTZ = 1999
WARM_UP_RUNS = 30

# Whose a sample is, by the first pattern that its command begins with.
PARTS = (
    ("job and zygote", ("python3", "node", "MainThread")),
    ("PID 1", ("memfd:codebox-i", "codebox-init")),
    ("warden", ("codebox-warden",)),
    ("server", ("NIO-", "oot.", "SQLite", "GRDB", "codebox")),
    ("kernel threads", ("kworker", "ksoftirqd", "rcu", "migration", "kdamond")),
    ("idle", ("swapper",)),
    ("load generator", ("load",)),
)
OTHERS = "others"

# What it is for: the first of these that has a function on its stack.
CAUSES = (
    ("network namespace: make", ("copy_net_ns",)),
    ("network namespace: remove", ("cleanup_net",)),
    ("network namespace: loopback up", ("inet_ioctl", "devinet_ioctl")),
    (
        "other namespaces: make",
        ("create_new_namespaces", "create_user_ns", "unshare_nsproxy_namespaces"),
    ),
    ("mounts: make", ("__x64_sys_mount", "__x64_sys_move_mount", "__x64_sys_mount_setattr")),
    ("mounts: remove", ("cleanup_mnt", "put_mnt_ns", "free_nsproxy", "destroy_super_work")),
    ("cgroup: make", ("cgroup_mkdir", "cgroup1_mkdir")),
    (
        "cgroup: remove",
        ("cgroup_rmdir", "css_killed_work_fn", "css_release_work_fn", "css_free_rwork_fn"),
    ),
    ("cgroup: enter", ("cgroup_attach_task", "__cgroup1_procs_write")),
    ("seccomp filter", ("do_seccomp",)),
    ("fork: copy page tables", ("dup_mmap",)),
    ("exit: take memory apart", ("exit_mmap",)),
    ("prepare pages", ("do_madvise",)),
    ("page faults", ("asm_exc_page_fault", "exc_page_fault")),
    ("exec of PID 1", ("__x64_sys_execveat",)),
    ("RCU callbacks", ("rcu_do_batch",)),
)  # fmt: skip
SYSTEM_CALLS = "other system calls"
USER = "own instructions"
KERNEL = "other kernel work"


def part_of(command):
    for name, beginnings in PARTS:
        if command.startswith(beginnings):
            return name
    return OTHERS


def cause_of(stack):
    """Of a stack, outermost first."""
    names = set(stack)
    for cause, functions in CAUSES:
        if not names.isdisjoint(functions):
            return cause
    if "do_syscall_64" in names or "el0_svc" in names:
        return SYSTEM_CALLS
    return USER if stack and stack[-1].endswith("[u]") else KERNEL


def stacks(recording):
    """(command, [function, outermost first]) of each sample."""
    script = subprocess.Popen(
        ["perf", "script", "-i", recording, "-F", "comm,ip,sym,dso"], stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True, errors="replace")  # fmt: skip
    command, frames = None, []
    for line in script.stdout:
        if not line.strip():
            if command is not None:
                yield command, frames[::-1]
            command, frames = None, []
        elif not line[0].isspace():
            command, frames = line.strip(), []
        elif command is None:
            command = line.strip()
        else:
            _, _, rest = line.strip().partition(" ")
            name, _, where = rest.rpartition(" (")
            kernel = "[kernel" in where or where.startswith("[")
            frames.append(name.partition("+0x")[0] + ("" if kernel else "[u]"))
    if command is not None:
        yield command, frames[::-1]
    script.wait()


def record(server, language, options, scratch):
    """Jobs done while perf looked on, and the recording."""
    hello = language.programs[0]
    for _ in range(WARM_UP_RUNS):
        server.run(language.job(hello))
    generator = Generator(scratch)
    errand = [
        "--expect", generator.file("expected", language.answer(hello)),
        "--input", generator.file("request", language.request(hello, options.path)),
        "http", str(server.port),
    ]  # fmt: skip
    recording = os.path.join(scratch, "perf.data")
    watch = subprocess.Popen(
        ["perf", "record", "-a", "-g", "-q", "-F", str(HERTZ), "-o", recording, "sleep",
         str(options.seconds)], stderr=subprocess.DEVNULL)  # fmt: skip
    samples = Samples()
    way = Way("profile", "profile", options.in_flight, options.gap_ms)
    generator.collect(samples, errand, way, options.seconds)
    if watch.wait() != 0:
        sys.exit("perf record failed; is this root, and may perf be used here?")
    return samples.summary(), recording


def table(spent, jobs):
    """Markdown: parts across, causes down, µs a job."""
    micros = 1e6 / HERTZ / jobs
    parts = [name for name, _ in PARTS] + [OTHERS]
    sums = {part: sum(spent[part].values()) * micros for part in parts}
    shown = sorted((p for p in parts if sums[p] >= 20 and p != "idle"), key=lambda p: -sums[p])
    causes = sorted(
        {cause for part in shown for cause in spent[part]},
        key=lambda cause: -sum(spent[part][cause] for part in shown))  # fmt: skip
    lines = ["| µs of CPU a job | all | " + " | ".join(shown) + " |",
             "| --- |" + " ---: |" * (len(shown) + 1)]  # fmt: skip

    def row(name, cells):
        told = [f"{cell:.0f}" if cell >= 0.5 else "" for cell in cells]
        lines.append(f"| {name} | {sum(cells):.0f} | " + " | ".join(told) + " |")

    row("**all**", [sums[part] for part in shown])
    for cause in causes:
        cells = [spent[part][cause] * micros for part in shown]
        if sum(cells) >= 5:
            row(cause, cells)
    return "\n".join(lines) + f"\n\nThe processors idled for {sums['idle']:.0f} µs a job."


def parse():
    default_data = os.environ.get("CODEBOX_DATA_DIR", "/var/lib/codebox")
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--codebox", required=True)
    parser.add_argument("--data-dir", type=pathlib.Path, default=pathlib.Path(default_data))
    parser.add_argument("--language", choices=("python", "node"), default="python")
    parser.add_argument("--path", default="/v1/run")
    parser.add_argument("--in-flight", type=int, default=32)
    parser.add_argument("--gap-ms", type=float, default=0)
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--flame", type=pathlib.Path, help="write a flame graph to this SVG file")
    return parser.parse_args()


def main():
    options = parse()
    if not shutil.which("perf"):
        sys.exit("perf is not installed; on Debian: apt-get install linux-perf")
    language = {"python": programs.PYTHON, "node": programs.NODE}[options.language]
    spent = collections.defaultdict(collections.Counter)
    graph = flame.Node("all")
    with tempfile.TemporaryDirectory(prefix="codebox-profile.") as scratch:
        with Server(options.codebox, options.data_dir, {}, [options.language]) as server:
            summary, recording = record(server, language, options, scratch)
        for command, stack in stacks(recording):
            part = part_of(command)
            spent[part][cause_of(stack)] += 1
            if part != "idle":
                graph.add([part, *(frame.removesuffix("[u]") for frame in stack)])
    print(
        f"{language.title} hello world, {options.path}, {options.in_flight} in flight, "
        f"{options.seconds:g} s, sampled: {summary['per_second']:.0f} jobs/s, "
        f"p50 {summary['p50_ms']:.2f} ms\n")  # fmt: skip
    print(table(spent, summary["samples"]))
    if options.flame:
        title = f"CPU time of {language.title} jobs, {options.in_flight} in flight"
        options.flame.write_text(flame.draw(graph, title))


if __name__ == "__main__":
    main()
