"""Whether one attack ended as its row says, and whether its neighbours noticed."""

import statistics
import threading
import time

from counters import COUNTERS, Watch, read

# What no attack may take from the host, even for a moment, whatever its row allows. Other programs
# of this machine count as well, so these are wide; rows are closer.
BUDGET = {
    "slab": 192 << 20, "memory": 1 << 30, "sockets": 4000, "files": 8000, "inodes": 70_000,
    "pids": 400, "ptys": 32, "signals": 64, "mounts": 0, "keys": 200,
}  # fmt: skip


# What may still be taken once the server has ended, and for how long the kernel may need.
AT_REST = {"ptys": 0, "mounts": 0, "signals": 8, "slab": 96 << 20, "inodes": 4000, "keys": 8}
REST_SECONDS = 15


def left_behind(before):
    """Sentences about what the host's counters still show after the attacks."""
    end = time.monotonic() + REST_SECONDS
    while True:
        now = read()
        grown = {name: now[name] - before[name] for name in AT_REST}
        found = [name for name, bound in AT_REST.items() if grown[name] > bound]
        if not found or time.monotonic() > end:
            return [f"{grown[name]} of the host's {name} are left behind" for name in found]
        time.sleep(0.5)


def verdict(attack, answer):
    """A sentence about what was not as the row says; None if all was."""
    told = f"{answer.get('outcome')}: {answer.get('stdout', '')[-600:]!r}"
    if answer.get("stderr"):
        told += f" {answer['stderr'][-600:]!r}"
    if answer.get("error"):
        told += f" {answer['error']}"
    lines = answer.get("stdout", "").splitlines()
    if any(line.startswith("fell:") for line in lines):
        return f"the attack succeeded: {told}"
    if answer.get("outcome") not in attack.ends:
        return f"it must end as {' or '.join(attack.ends)}, and was {told}"
    if answer["outcome"] == "exited" and (answer["exit_code"] != 0 or lines[-1:] != ["held"]):
        return f"it did not come to its end: {told} exit code {answer['exit_code']}"
    return None


def succeeded(answer):
    """Whether the attack got what it must not: with its layer off it must."""
    return any(line.startswith("fell:") for line in answer.get("stdout", "").splitlines())


class Honest:
    """A well-behaved client: one small job after the other, each right and in time."""

    JOBS = (
        ({"runtime": "bash", "source": "echo $((6 * 7))"}, "42\n"),
        ({"runtime": "python", "source": "print(sum(range(1000)))"}, "499500\n"),
    )

    def __init__(self, service, seconds):
        self.service = service
        self.bound = seconds
        self.times = []
        self.faults = []
        self.ending = threading.Event()
        self.thread = threading.Thread(target=self._go)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.ending.set()
        self.thread.join()

    def _go(self):
        while not self.ending.wait(0.1):
            job, wanted = self.JOBS[len(self.times) % len(self.JOBS)]
            begun = time.monotonic()
            try:
                answer = self.service.run(job)
            except Exception as error:  # noqa: BLE001 the thread's fault is the run's
                self.faults.append(f"an honest job had no answer: {error}")
                return
            self.times.append(time.monotonic() - begun)
            if answer.get("stdout") != wanted or answer.get("outcome") != "exited":
                self.faults.append(f"an honest job went wrong: {str(answer)[:800]}")
            if self.times[-1] > self.bound:
                self.faults.append(f"an honest job took {self.times[-1]:.2f} s")

    def summary(self):
        if not self.times:
            return "no honest job"
        middle = statistics.median(self.times) * 1000
        most = max(self.times) * 1000
        return f"{len(self.times)} honest jobs, {middle:.0f} ms, {most:.0f} at most"


def watched(attack, run):
    """Runs an attack while the host's counters are watched; what it answered, and faults."""
    unknown = set(attack.host) - set(COUNTERS)
    if unknown:
        return None, [f"its row names counters that nobody reads: {unknown}"]
    with Watch() as watch:
        answer = run(attack)
    return answer, watch.beyond(BUDGET | attack.host)
