#!/usr/bin/env python3
"""grader.py: grades a program on many inputs with one request.

Usage: grader.py PROGRAM CASES
CASES is a JSON file: a list of objects with "stdin" and "stdout". Without arguments the grader
grades a program of its own, which is wrong in one case and too slow in another.
"""

import json
import os
import pathlib
import sys
import urllib.request

PROGRAM = """
n = int(input())
while n == 3: pass
print(n * n if n != 2 else 5)
"""
CASES = [{"stdin": f"{n}\n", "stdout": f"{n * n}\n"} for n in range(5)]

VERDICTS = {
    "wall_time_exceeded": "too slow",
    "cpu_time_exceeded": "too slow",
    "memory_exceeded": "out of memory",
    "kernel_memory_exceeded": "out of memory",
    "signaled": "crashed",
}


def verdict(job, expected):
    """Judges one result as CodeBox reports it."""
    if job["outcome"] != "exited":
        return VERDICTS.get(job["outcome"], job["outcome"])
    if job["exit_code"] != 0:
        return f"exit code {job['exit_code']}"
    return "correct" if job["stdout"] == expected else "wrong answer"


def grade(source, cases):
    """Yields index and verdict of each case as soon as its program has ended."""
    batch = {
        # What all jobs have in common is sent once.
        "defaults": {"runtime": "python", "source": source, "limits": {"cpu_ms": 500}},
        "jobs": [{"stdin": case["stdin"]} for case in cases],
    }
    server = os.environ.get("CODEBOX_SERVER", "http://127.0.0.1:8080")
    headers = {"Content-Type": "application/json"}
    if key := os.environ.get("CODEBOX_API_KEY"):
        headers["Authorization"] = f"Bearer {key}"
    request = urllib.request.Request(f"{server}/v1/batch", json.dumps(batch).encode(), headers)
    with urllib.request.urlopen(request, timeout=300) as response:
        for line in response:
            answer = json.loads(line)
            if answer.get("done"):
                return
            index = answer["index"]
            if problem := answer.get("problem"):
                yield index, f"not run: {problem['detail']}"
            else:
                yield index, verdict(answer["job"], cases[index]["stdout"])
    # The last line tells a whole answer from one that was cut off.
    raise ConnectionError("the server went away before all cases were graded")


def main():
    source, cases = PROGRAM, CASES
    if len(sys.argv) == 3:
        source = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")
        cases = json.loads(pathlib.Path(sys.argv[2]).read_text(encoding="utf-8"))
    verdicts = dict(grade(source, cases))
    for index in sorted(verdicts):
        print(f"case {index}: {verdicts[index]}")
    correct = sum(found == "correct" for found in verdicts.values())
    print(f"{correct} of {len(cases)} correct")


if __name__ == "__main__":
    main()
