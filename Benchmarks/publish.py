#!/usr/bin/env python3
"""Puts a run's results into the documents: publish.py .build/bench/results.json

Writes docs/startup.svg, and what stands between the marks in README.md and docs/performance.md.
"""

import json
import pathlib
import re
import sys

import chart
import machine
import report

ROOT = pathlib.Path(__file__).parent.parent
MARKS = re.compile(r"(<!-- results -->\n).*?(<!-- /results -->)", re.DOTALL)


def put(document, text):
    path = ROOT / document
    whole, count = MARKS.subn(lambda marks: f"{marks[1]}\n{text}\n\n{marks[2]}", path.read_text())
    if count != 1:
        sys.exit(f"{document} has {count} places for results, not one")
    path.write_text(whole)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    results = json.loads(pathlib.Path(sys.argv[1]).read_text())
    if results["quick"]:
        sys.exit("that was a quick run; its figures are too rough to show")
    if noisy := report.noise(results):
        sys.exit(noisy)
    (ROOT / "docs/startup.svg").write_text(chart.draw(results))
    picture = "![Hello world in CodeBox and beside it](docs/startup.svg)"
    where = machine.sentence(results["machine"])
    put("README.md", f"{picture}\n\n{report.short(results)}\n\n{where}.")
    put("docs/performance.md", report.render(results))


if __name__ == "__main__":
    main()
