# Runs through what programs commonly do first, so that caches are filled and bytecode is
# specialised before the fork. Nothing here may draw random numbers or leave anything that a program
# could find.

import sys

SOURCE = """\
import sys
class A:
    def f(self, n):
        return n
for i in range(3):
    print(i, "x", A().f(i), f"{i:>5}", file=out)
"""


def warm():
    import io

    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="strict")
    for _ in range(20):
        exec(compile(SOURCE, "main.py", "exec"), {"__name__": "warm", "out": out})
    if "traceback" in sys.modules:
        warm_tracebacks(out)
    if "re" in sys.modules:
        sys.modules["re"].purge()


def warm_tracebacks(out):
    import linecache
    import traceback

    for text in ("1 + (1 / 0)", "def f(:", "unknown", "None.x") * 10:
        try:
            exec(compile(text, "main.py", "exec"), {})
        except Exception as error:
            traceback.print_exception(error, file=out)
    linecache.clearcache()
