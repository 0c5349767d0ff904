"""The program of one job: runs one module of CPython's tests and tells how each test ended.

    main.py MODULE

A test's end is one line on stdout that begins with the character RS (U+001E) and continues with
JSON: {"test": ..., "end": "passed" | "failed" | "skipped", "why": ...}. The last such line is
{"module": ..., "end": "complete"}. Everything else that the tests print is not looked at.
"""

import importlib
import json
import os
import sys
import unittest

MARK = "\x1e"


class Reporter(unittest.TestResult):
    """Writes each end at once, so that a test that ends the process costs no other its result.
    A test with subtests has failed if one of them has."""

    def __init__(self, stream):
        super().__init__()
        self._stream = stream
        self._process = os.getpid()
        self._end = None

    def tell(self, **line):
        # A test that forks and forgets to exit must not tell everything twice.
        if os.getpid() == self._process:
            self._stream.write(f"\n{MARK}{json.dumps(line)}\n".encode())

    def startTest(self, test):
        super().startTest(test)
        self._end = ("passed", "")

    def stopTest(self, test):
        super().stopTest(test)
        end, why = self._end
        self.tell(test=test.id().removeprefix("test."), end=end, why=why)

    def addError(self, test, err):
        super().addError(test, err)
        self._failed(test, err)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._failed(test, err)

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            self._failed(test, err)

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self._end = ("failed", "unexpected success")

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        if self._outside_a_test(test):
            self.tell(test=test.id().removeprefix("test."), end="skipped", why=reason)
        elif self._end[0] == "passed":
            self._end = ("skipped", reason)

    def _failed(self, test, err):
        why = f"{err[0].__name__}: {err[1]}".splitlines()[0][:300]
        if self._outside_a_test(test):
            self.tell(test=test.id().removeprefix("test."), end="failed", why=why)
        else:
            self._end = ("failed", why)

    @staticmethod
    def _outside_a_test(test):
        """setUpClass and its like have no startTest."""
        return not isinstance(test, unittest.TestCase)


def main():
    name = sys.argv[1]
    # The tests replace sys.stdout; this is another object on the same descriptor.
    reporter = Reporter(os.fdopen(1, "wb", buffering=0, closefd=False))
    from test import support

    support.verbose = False
    support.use_resources = []
    try:
        suite = unittest.defaultTestLoader.loadTestsFromModule(
            importlib.import_module(f"test.{name}")
        )
    except unittest.SkipTest as skip:
        reporter.tell(test=name, end="skipped", why=str(skip))
    else:
        suite.run(reporter)
    reporter.tell(module=name, end="complete")
    # Threads that a test left behind must not keep the job.
    os._exit(0)


if __name__ == "__main__":
    main()
