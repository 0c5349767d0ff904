#!/usr/bin/env python3
"""Smoke test of the sandbox on cgroup v2: each limit, each outcome, nothing left behind.

    cgroup_v2.py --codebox PATH --data-dir FOLDER --uid UID...

Runs as root on a machine whose /sys/fs/cgroup is cgroup v2. codebox runs as each of the users,
for each job in a cgroup of its own, delegated to that user as systemd does it. Times are wide,
since the guest this runs in is slow; verdicts are not.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import time

from core_dump import expect_no_handler
from delegation import CGROUPS, Delegation
from expectation import PATIENCE, Failed, expect
from ranges import Ranges
from sandbox import Sandbox, finish
from service import Service
from swap import expect_nothing_is_swapped

# Controllers that systemd delegates to an ordinary user; the sandbox must do with these.
DELEGATED = ("cpu", "memory", "pids")
MIB = 1 << 20


def expect_outcome(result, outcome):
    expect(result["outcome"] == outcome, f"outcome of {json.dumps(result)[:1500]}")


def expect_printed(result, text):
    expect_outcome(result, "exited")
    expect(result["stdout"] == text, f"printed {result['stdout']!r} {result['stderr']!r}")


def cpu_us(result):
    return result["usage"]["cpu_user_us"] + result["usage"]["cpu_system_us"]


def check_exits_with_the_programs_code(sandbox):
    result = sandbox.run("import sys; print('hello'); sys.exit(3)", memory_bytes=64 * MIB)
    expect_printed(result, "hello\n")
    expect(result["exit_code"] == 3, f"exit code {result['exit_code']}")
    expect(result["limits"]["memory_bytes"] == 64 * MIB, f"limits {result['limits']}")


def check_bash_runs_too(sandbox):
    expect_printed(sandbox.run("echo $((6 * 7))", runtime="bash"), "42\n")


def check_signal_is_told(sandbox):
    result = sandbox.run("import os; os.kill(os.getpid(), 11)")
    expect_outcome(result, "signaled")
    expect(result["signal"] == "SIGSEGV", f"signal {result['signal']}")


def check_memory_limit(sandbox):
    limit = 48 * MIB
    result = sandbox.run("b = bytearray(256 << 20); print(len(b))", memory_bytes=limit)
    expect_outcome(result, "memory_exceeded")
    peak = result["usage"]["memory_peak_bytes"]
    expect(0.8 * limit < peak <= limit, f"memory.peak is {peak} of {limit}")


def check_memory_limit_kills_every_process(sandbox):
    result = sandbox.run(
        "import os, time\n"
        "if os.fork() == 0:\n"
        "    b = bytearray(256 << 20)\n"
        "time.sleep(30); print('survived')",
        memory_bytes=48 * MIB)  # fmt: skip
    expect_outcome(result, "memory_exceeded")
    expect(result["stdout"] == "", f"printed {result['stdout']!r}")


def check_tmpfs_counts_as_memory(sandbox):
    result = sandbox.run(
        "f = open('/dev/shm/f', 'wb')\nfor _ in range(96): f.write(bytes(1 << 20))",
        memory_bytes=48 * MIB, workspace_bytes=128 * MIB)  # fmt: skip
    expect(result["outcome"] in ("memory_exceeded", "exited"), f"outcome {result['outcome']}")
    expect(
        result["outcome"] == "memory_exceeded" or "No space left" in result["stderr"],
        f"wrote 96 MiB to memory: {result}")  # fmt: skip


def check_memory_peak_is_of_the_job(sandbox):
    small = sandbox.run("pass")["usage"]["memory_peak_bytes"]
    large = sandbox.run("b = bytes(range(256)) * (40 << 12)")["usage"]["memory_peak_bytes"]
    expect(large - small > 30 * MIB, f"peaks {small} and {large}, 40 MiB apart")
    expect(small < 40 * MIB, f"peak {small} of an empty program")


def check_cpu_time_limit(sandbox):
    result = sandbox.run("while True: pass", cpu_ms=400, wall_ms=20_000)
    expect_outcome(result, "cpu_time_exceeded")
    expect(400_000 <= cpu_us(result) < 2_500_000, f"cpu.stat says {cpu_us(result)} µs of 400 ms")


def check_cpu_time_of_all_processes(sandbox):
    result = sandbox.run(
        "import os\nfor _ in range(3): os.fork()\nwhile True: pass", cpu_ms=800, wall_ms=20_000
    )
    expect_outcome(result, "cpu_time_exceeded")
    expect(cpu_us(result) < 4_000_000, f"cpu.stat says {cpu_us(result)} µs of 800 ms")


def check_cpu_bandwidth_limit(sandbox):
    result = sandbox.run(
        "import time\nend = time.monotonic() + 3\nwhile time.monotonic() < end: pass", cpus=0.25
    )
    expect_outcome(result, "exited")
    share = cpu_us(result) / result["usage"]["wall_us"]
    expect(share < 0.45, f"used {share:.2f} cores of 0.25")


def check_wall_time_limit(sandbox):
    result = sandbox.run(
        "import signal, time\n"
        "for s in range(1, 32):\n"
        "    if s not in (9, 19): signal.signal(s, signal.SIG_IGN)\n"
        "time.sleep(30)",
        wall_ms=900)  # fmt: skip
    expect_outcome(result, "wall_time_exceeded")
    wall = result["usage"]["wall_us"]
    expect(900_000 <= wall < 5_000_000, f"stopped after {wall} µs")


def check_process_limit(sandbox):
    result = sandbox.run(
        "import os, errno, time\n"
        "made = 1\n"
        "try:\n"
        "    while made < 100:\n"
        "        if os.fork() == 0:\n"
        "            time.sleep(30); os._exit(0)\n"
        "        made += 1\n"
        "except OSError as e: print(made, errno.errorcode[e.errno])",
        processes=12)  # fmt: skip
    expect_printed(result, "12 EAGAIN\n")


def check_thread_limit(sandbox):
    result = sandbox.run(
        "import threading\n"
        "e, made = threading.Event(), 1\n"
        "try:\n"
        "    for _ in range(100): threading.Thread(target=e.wait, daemon=True).start(); made += 1\n"
        "except RuntimeError: print(made)",
        processes=10)  # fmt: skip
    expect_printed(result, "10\n")


def check_fork_bomb(sandbox):
    result = sandbox.run(
        "b() { b | b & }; b; sleep 20", runtime="bash", processes=20, wall_ms=3000, cpu_ms=3000
    )
    expect(
        result["outcome"] in ("wall_time_exceeded", "cpu_time_exceeded", "exited"),
        f"outcome {result['outcome']}")  # fmt: skip


def check_workspace_limit(sandbox):
    result = sandbox.run(
        "import errno\n"
        "n = 0\n"
        "try:\n"
        "    for i in range(40):\n"
        "        with open(f'f{i}', 'wb', 0) as f: n += f.write(bytes(1 << 20))\n"
        "except OSError as e: print(errno.errorcode[e.errno], n <= 8 << 20, n >= 6 << 20)",
        workspace_bytes=8 * MIB)  # fmt: skip
    expect_printed(result, "ENOSPC True True\n")


def check_open_file_limit(sandbox):
    result = sandbox.run(
        "import os, errno\n"
        "try:\n"
        "    for _ in range(100): last = os.dup(0)\n"
        "except OSError as e: print(last, errno.errorcode[e.errno])",
        open_files=32)  # fmt: skip
    expect_printed(result, "31 EMFILE\n")


def check_output_limit(sandbox):
    result = sandbox.run("import sys; sys.stdout.write('x' * 300000)", output_bytes=1000)
    expect_printed(result, "x" * 1000)
    expect(result["stdout_truncated"] is True, "stdout_truncated is not set")
    expect(result["stdout_bytes"] == 300_000, f"stdout_bytes {result['stdout_bytes']}")


def check_daemons_end_with_the_job(sandbox):
    started = time.monotonic()
    result = sandbox.run(
        "import os, time\n"
        "if os.fork() == 0:\n"
        "    os.setsid()\n"
        "    if os.fork() == 0:\n"
        "        time.sleep(30)\n"
        "    os._exit(0)\n"
        "os.wait(); print('left one')")  # fmt: skip
    expect_printed(result, "left one\n")
    expect(time.monotonic() - started < 15, "the job was waited for until its daemon ended")


def check_cgroup_namespace(sandbox):
    expect_printed(sandbox.run("print(open('/proc/self/cgroup').read(), end='')"), "0::/\n")


def check_no_cgroup_files_inside(sandbox):
    result = sandbox.run("import os; print(os.path.exists('/sys/fs/cgroup/cgroup.procs'))")
    expect_printed(result, "False\n")


def check_files_of_the_cgroup(sandbox):
    """What the kernel was told, read from outside while a job runs."""
    with Delegation(sandbox.uid) as delegation:
        job = sandbox.start(
            delegation, "import time\ntime.sleep(8)", memory_bytes=80 * MIB, processes=9, cpus=0.5
        )
        leaf = wait_for_leaf(delegation, "main.py")
        read = {name: read_or_none(leaf / name) for name in (
            "memory.max", "memory.oom.group", "cpu.max", "pids.max")}  # fmt: skip
        weight = read_or_none(leaf.parent / "cpu.weight")
        # The limit of any cgroup above counts too; without swap in the kernel there is no file.
        above = [path for path in leaf.parents if delegation.path in (path, *path.parents)]
        swap = [read_or_none(path / "memory.swap.max") for path in (leaf, *above)]
        result = finish(job)
        expect_outcome(result, "exited")
        expect(not leaf.exists(), f"{leaf} is still there")
    expect(read["memory.max"] == str(80 * MIB), f"memory.max {read['memory.max']}")
    expect(weight == "100", f"cpu.weight of all sandboxes {weight}")
    expect(read["memory.oom.group"] == "1", f"memory.oom.group {read['memory.oom.group']}")
    expect("0" in swap or set(swap) == {None}, f"memory.swap.max {swap}, leaf first")
    quota, period = map(int, read["cpu.max"].split())
    expect(abs(quota / period - 0.5) < 0.01, f"cpu.max {read['cpu.max']}")
    expect(9 <= int(read["pids.max"]) <= 11, f"pids.max {read['pids.max']} for 9 processes")


def wait_for_leaf(delegation, argument):
    """The cgroup of the process that has the given word at the end of its command line."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        for leaf, pids in delegation.leaves().items():
            if any(argument in (command_of(pid) or "") for pid in pids):
                return leaf
        time.sleep(0.05)
    raise Failed(f"no process with {argument} came up in {delegation.leaves()}")


def command_of(pid):
    return (read_or_none(pathlib.Path(f"/proc/{pid}/cmdline")) or "").split("\0")[-2:][0]


def read_or_none(path):
    try:
        return path.read_text().strip()
    except OSError:
        return None


def check_nothing_is_swapped(sandbox):
    expect_nothing_is_swapped(lambda source, limit: sandbox.run(source, memory_bytes=limit))


def check_crashes_run_no_handler_of_the_host(sandbox):
    expect_no_handler(sandbox.run)
    with Service(sandbox) as service:
        expect_no_handler(service.run_forked)


def check_owner_killed_takes_the_job_along(sandbox):
    """kill -9 of codebox: the kernel ends what ran in the sandbox, within a moment."""
    with Delegation(sandbox.uid) as delegation:
        job = sandbox.start(delegation, "import time\ntime.sleep(50)")
        wait_for_leaf(delegation, "main.py")
        job.kill()
        job.communicate()
        delegation.wait_until_empty()


def check_forked_jobs_are_born_in_their_cgroup(sandbox):
    # The zygote's uid is not the warden's: clone3 checks if it may write the leaf's cgroup.procs.
    with Service(sandbox) as service:
        answer = service.run_forked("print(open('/proc/self/cgroup').read(), end='')")
        expect_printed(answer, "0::/\n")
        answer = service.run_forked("b = bytearray(256 << 20)", memory_bytes=64 * MIB)
        expect_outcome(answer, "memory_exceeded")
        answer = service.run_forked(
            "import os, time\nfor _ in range(40):\n    os.fork() or time.sleep(9)", processes=8
        )
        expect("BlockingIOError" in answer["stderr"], f"processes: {answer}")


def check_ranges_give_each_sandbox_ids(sandbox):
    """With ranges in /etc/subuid a user's sandboxes have two ids each, exec'ed and forked."""
    if sandbox.uid == 0:
        return
    program = "print(open('/proc/self/uid_map').read(), end='')"
    with Ranges(sandbox.uid):
        maps = [sandbox.run(program)["stdout"].split()]
        with Service(sandbox) as service:
            maps += [service.run_forked(program)["stdout"].split() for _ in range(2)]
            answer = service.run_forked("b = bytearray(256 << 20)", memory_bytes=64 * MIB)
            expect_outcome(answer, "memory_exceeded")
    for words in maps:
        expect(len(words) == 6 and words[0] == "0" and words[3] == "1000", f"map {words}")
    outer = [number for words in maps for number in (words[1], words[4])]
    expect(len(set(outer)) == 6, f"sandboxes share ids: {maps}")


def check_refuses_without_delegation(sandbox):
    """Fail closed: limits that can't be put on mean no run, and the message says why."""
    if sandbox.uid == 0:
        return
    job = sandbox.start(None, "print('ran')")
    out, err = job.communicate(timeout=PATIENCE)
    expect(job.returncode != 0 and "ran" not in out, f"it ran: {out}")
    expect("cgroup" in err + out, f"does not name the cgroup: {err}")


def check_no_mounts_are_left(sandbox):
    before = mounts()
    sandbox.run("pass")
    expect(mounts() == before, f"mounts appeared: {set(mounts()) - set(before)}")


def mounts():
    return sorted(pathlib.Path("/proc/self/mounts").read_text().splitlines())


def check_all(sandbox):
    """Runs every check_ function above; returns how many held and how many did not."""
    passed = failed = 0
    for name, check in list(globals().items()):
        if not name.startswith("check_") or check is check_all:
            continue
        title = f"uid {sandbox.uid}: {name.removeprefix('check_').replace('_', ' ')}"
        started = time.monotonic()
        try:
            check(sandbox)
            passed += 1
            print(f"ok     {title} ({time.monotonic() - started:.1f} s)", flush=True)
        except (Failed, KeyError, OSError, subprocess.TimeoutExpired) as problem:
            failed += 1
            print(f"not ok {title}: {type(problem).__name__} {problem}", flush=True)
    return passed, failed


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--codebox", required=True)
    parser.add_argument("--data-dir", required=True)
    parser.add_argument("--uid", type=int, action="append", required=True)
    options = parser.parse_args()
    offered = (CGROUPS / "cgroup.controllers").read_text().split()
    if missing := [name for name in DELEGATED if name not in offered]:
        sys.exit(f"{CGROUPS} has no {', '.join(missing)} controller")
    counts = [check_all(Sandbox(options.codebox, options.data_dir, uid)) for uid in options.uid]
    passed, failed = map(sum, zip(*counts, strict=True))
    print(f"{passed} passed, {failed} failed", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
