"""The soak test's jobs: small programs of every sort, each with what its answer must be.

Every program that prints, prints a word that no other job prints: an answer that went to the wrong
job, or a sandbox that was used twice, can't pass for right.
"""

import dataclasses
import itertools
import random
import typing

MEBIBYTE = 1 << 20
# What a message tells of an answer that is not right.
TOLD = ("outcome", "exit_code", "signal", "error", "usage", "timings")
_numbers = itertools.count(1)


@dataclasses.dataclass(frozen=True)
class Kind:
    """`make(word)` gives the job and the members its answer must have."""

    name: str
    weight: float
    make: typing.Callable
    # Whose time is watched for drift.
    is_timed: bool = False


@dataclasses.dataclass(frozen=True)
class Errand:
    kind: Kind
    job: dict
    expected: dict

    def fault(self, answer):
        """What is wrong with an answer, or None."""
        for member, wanted in self.expected.items():
            found = answer.get(member)
            if wanted(found) if callable(wanted) else found == wanted:
                continue
            told = {k: answer.get(k) for k in TOLD}
            return (
                f"{self.kind.name}: {member} is {str(found)[:300]!r}; {told}, "
                f"stderr {str(answer.get('stderr'))[:500]!r}")  # fmt: skip
        return None


def printed(text, **more):
    return {"outcome": "exited", "exit_code": 0, "stdout": text, "stderr": "", **more}


def python(source, **more):
    return {"runtime": "python", "source": source, **more}


def node(source, **more):
    return {"runtime": "node", "source": source, **more}


def bash(source, **more):
    return {"runtime": "bash", "source": source, **more}


def _python_hello(word):
    return python(f"print('{word}')"), printed(f"{word}\n")


def _node_hello(word):
    return node(f"console.log('{word}')"), printed(f"{word}\n")


def _bash_hello(word):
    return bash(f"echo {word}"), printed(f"{word}\n")


def _python_echo(word):
    return python("print(input()[::-1])", stdin=f"{word}\n"), printed(f"{word[::-1]}\n")


def _node_echo(word):
    return node("process.stdin.pipe(process.stdout)", stdin=word), printed(word)


def _arguments(word):
    job = python("import os, sys; print(sys.argv[1:], os.environ['WORD'])", args=["a", word])
    return job | {"env": {"WORD": word}}, printed(f"['a', '{word}'] {word}\n")


def _files(word):
    # Nothing is there but what came with the job.
    source = "import os; print(sorted(os.listdir()), os.listdir('/tmp')); import words"
    files = [{"path": "words.py", "content": f"print('{word}')"}]
    return python(source, files=files), printed(f"['main.py', 'words.py'] []\n{word}\n")


def _exit_code(word):
    source = f"import sys; print('{word}', file=sys.stderr); sys.exit(3)"
    return python(source), printed("", exit_code=3, stderr=f"{word}\n")


def _throws(word):
    wanted = {"outcome": "exited", "exit_code": 1, "stderr": lambda text: f"Error: {word}" in text}
    return node(f"throw new Error('{word}')"), wanted


def _large_output(word):
    line = f"{word}{'x' * 53}"
    return python(f"print(('{line}\\n') * 5000, end='')"), printed(f"{line}\n" * 5000)


def _too_much_output(word):
    job = node(f"process.stdout.write('{word}'.padEnd(300000, 'y'))")
    expected = {
        "outcome": "exited", "stdout_truncated": True, "stdout_bytes": 300_000,
        "stdout": word.ljust(10_000, "y"),
    }  # fmt: skip
    return job | {"limits": {"output_bytes": 10_000}}, expected


def _forks(word):
    source = (
        "import os\n"
        "pids = [os.fork() for _ in range(2)]\n"
        f"if 0 not in pids: [os.waitpid(p, 0) for p in pids]; print('{word}')")  # fmt: skip
    return python(source), printed(f"{word}\n")


def _leaves_children(word):
    # Who goes on when main has ended is killed with the sandbox.
    job = bash(f"for i in 1 2 3; do sleep 60 > /dev/null & done; echo {word}")
    return job, printed(f"{word}\n")


def _child_process(word):
    source = f"console.log(require('child_process').execSync('echo {word}').toString().trim())"
    return node(source), printed(f"{word}\n")


def _threads(word):
    source = (
        "import threading\n"
        "ts = [threading.Thread(target=lambda: None) for _ in range(8)]\n"
        f"[t.start() for t in ts]; [t.join() for t in ts]; print('{word}')")  # fmt: skip
    return python(source), printed(f"{word}\n")


def _wall_time(word):
    job = python(f"print('{word}', flush=True)\nimport time; time.sleep(30)")
    expected = {"outcome": "wall_time_exceeded", "stdout": f"{word}\n"}
    return job | {"limits": {"wall_ms": 300}}, expected


def _cpu_time(word):
    job = node(f"console.log('{word}'); setImmediate(() => {{ for (;;); }})")
    return job | {"limits": {"cpu_ms": 300}}, {"outcome": "cpu_time_exceeded"}


def _memory(word):
    job = python(f"print('{word}', flush=True)\nx = b'x' * {512 * MEBIBYTE}")
    expected = {"outcome": "memory_exceeded", "stdout": f"{word}\n"}
    return job | {"limits": {"memory_bytes": 32 * MEBIBYTE}}, expected


def _fork_bomb(word):
    source = (
        "import os\n"
        "try:\n"
        "    while os.fork() >= 0: pass\n"
        "except OSError: os._exit(0)")  # fmt: skip
    return python(source) | {"limits": {"processes": 16, "wall_ms": 3000}}, {
        "outcome": lambda found: found in ("exited", "wall_time_exceeded")
    }


def _killed(word):
    source = f"import os; print('{word}', flush=True); os.kill(os.getpid(), 9)"
    return python(source), {"outcome": "signaled", "signal": "SIGKILL", "stdout": f"{word}\n"}


KINDS = (
    Kind("python hello", 40, _python_hello, is_timed=True),
    Kind("node hello", 25, _node_hello, is_timed=True),
    Kind("bash hello", 5, _bash_hello),
    Kind("python echo", 5, _python_echo),
    Kind("node echo", 4, _node_echo),
    Kind("arguments", 4, _arguments),
    Kind("files", 4, _files),
    Kind("exit code", 3, _exit_code),
    Kind("throws", 2, _throws),
    Kind("large output", 1.5, _large_output),
    Kind("too much output", 1, _too_much_output),
    Kind("forks", 1.5, _forks),
    Kind("leaves children", 1, _leaves_children),
    Kind("child process", 0.5, _child_process),
    Kind("threads", 1, _threads),
    Kind("wall time", 0.3, _wall_time),
    Kind("cpu time", 0.1, _cpu_time),
    Kind("memory", 0.3, _memory),
    Kind("fork bomb", 0.1, _fork_bomb),
    Kind("killed", 0.7, _killed),
)
_WEIGHTS = tuple(itertools.accumulate(kind.weight for kind in KINDS))


def errands(count, seed):
    """That many, each kind at least once if there is room; the same for the same seed."""
    chance = random.Random(seed)
    for number in range(count):
        if number < len(KINDS):
            kind = KINDS[number]
        else:
            kind = chance.choices(KINDS, cum_weights=_WEIGHTS)[0]
        job, expected = kind.make(f"w{next(_numbers):07d}")
        yield Errand(kind, job, expected)
