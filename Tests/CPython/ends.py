"""How the tests of one module ended in one run."""

import dataclasses
import json

MARK = b"\x1e"
MISSING = ("missing", "it was not reached")


@dataclasses.dataclass
class Ends:
    """`tests` is {test: (end, why)}; `module` tells how the process ended: "complete", or what
    ended it before."""

    name: str
    tests: dict
    module: str
    seconds: float

    @classmethod
    def read(cls, name, stdout, seconds, otherwise):
        """From what in_sandbox.py printed; `otherwise` tells why the last line is missing."""
        tests, module = {}, otherwise
        for line in stdout.splitlines():
            if not line.startswith(MARK):
                continue
            try:
                told = json.loads(line[1:])
            except ValueError:
                # A test's own output came in between; the test is then missing in one run.
                continue
            if "module" in told:
                module = told["end"]
            else:
                tests[told["test"]] = (told["end"], told["why"])
        return cls(name, tests, module, seconds)

    def differences(self, bare):
        """{test: (its end bare, its end here, why)} of the tests that end otherwise than in the
        bare run. Where the process itself ended otherwise, that stands for the tests that it did
        not reach."""
        found = {}
        if self.module != bare.module:
            found[f"({self.name})"] = (bare.module, self.module, "")
        for test in self.tests.keys() | bare.tests.keys():
            end, why = self.tests.get(test, MISSING)
            bare_end, bare_why = bare.tests.get(test, MISSING)
            is_reached = test in self.tests and test in bare.tests
            if end != bare_end and (is_reached or self.module == bare.module):
                found[test] = (bare_end, end, why or bare_why)
        return found

    def count(self, end):
        return sum(1 for e, _ in self.tests.values() if e == end)
