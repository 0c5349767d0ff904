"""What differs, what of it is meant, and how that is told."""

import dataclasses
import fnmatch
import json
import pathlib

WAYS = ("exec", "forked")
KEYS = {"test", "ways", "reason"}
SHORTEST_REASON = 20


class Meant:
    """differences.json: a list of {"test": name or pattern, "ways": [...], "reason": ...}."""

    def __init__(self, file):
        self.entries = json.loads(pathlib.Path(file).read_text())
        for entry in self.entries:
            if entry.keys() != KEYS or not set(entry["ways"]) <= set(WAYS):
                raise SystemExit(f"{file}: {entry} must have test, ways and reason")
            if len(entry["reason"]) < SHORTEST_REASON:
                raise SystemExit(f"{file}: {entry['test']} has no reason")

    def entry(self, test, way):
        """The entry that lists the difference; None if it is not meant."""
        for entry in self.entries:
            if way in entry["ways"] and fnmatch.fnmatchcase(test, entry["test"]):
                return entry
        return None


@dataclasses.dataclass
class Module:
    """`ends` is {way: Ends}, bare included; `differences` {way: {test: (bare, here, why)}}."""

    ends: dict
    differences: dict

    def line(self, name):
        bare = self.ends["bare"]
        took = " ".join(f"{way} {ends.seconds:.1f} s" for way, ends in self.ends.items())
        differing = sum(map(len, self.differences.values()))
        return f"{name}: {len(bare.tests)} tests, {took}" + (
            f", {differing} differ" if differing else ""
        )


def write(file, results):
    document = {
        name: {
            "ends": {way: dataclasses.asdict(ends) for way, ends in module.ends.items()},
            "differences": module.differences,
        }
        for name, module in results.items()
    }
    path = pathlib.Path(file)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, indent=1))


def show(results, meant, whole):
    """Prints the counts and every fault; returns whether there is one.

    `whole`: all modules ran, so that a listed difference that was not found is a fault."""
    faults = []
    used = set()
    print(f"\n{len(results)} modules")
    for way in ("bare", *WAYS):
        runs = [module.ends[way] for module in results.values()]
        counts = [f"{sum(run.count(end) for run in runs)} {end}" for end in ENDS]
        print(f"{way:6}  {sum(len(run.tests) for run in runs)} tests: {', '.join(counts)}")
    for way in WAYS:
        listed = 0
        for module in results.values():
            for test, (bare, here, why) in sorted(module.differences[way].items()):
                entry = meant.entry(test, way)
                if entry:
                    listed += 1
                    used.add((entry["test"], way))
                else:
                    faults.append(f"{test} in {way}: {here} instead of {bare}: {why}")
        print(f"{way:6}  {listed} differ as differences.json says")
    if whole:
        for entry in meant.entries:
            for way in entry["ways"]:
                if (entry["test"], way) not in used:
                    faults.append(f"{entry['test']} in {way}: listed, but it agrees")
    for fault in faults:
        print(f"FAULT  {fault}")
    print("no other difference" if not faults else f"{len(faults)} faults")
    return bool(faults)


ENDS = ("passed", "failed", "skipped")
