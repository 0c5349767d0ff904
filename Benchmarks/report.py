"""The results as Markdown."""

import statistics

import machine

WAYS = (
    ("idle", "one at a time"), ("gap", "20 ms between"), ("busy2", "2 in flight"),
    ("busy8", "8 in flight"), ("busy32", "32 in flight"),
)  # fmt: skip
PROGRAMS = {"hello": "hello world", "imports": "5 imports", "echo": "1 MB in and out"}
LANGUAGES = {"python": "Python", "node": "Node"}
# A 99th percentile of fewer is just the slowest.
ENOUGH_FOR_P99 = 100
# Of the bare interpreter, one at a time: how far the middle half of its times may lie apart, as a
# share of their median, for ratios to it to mean something.
MOST_SPREAD = 0.25


def noise(results):
    """A sentence if this machine was too busy with other work for ratios; else None."""
    for language, cells in results.get("latency", {}).get("hello", {}).items():
        seen = cells.get("bare", {}).get("idle", {}).get("spread", 0)
        if seen > MOST_SPREAD:
            return (
                "No ratios: the machine is noisy. The middle half of the times of the bare "
                f"{LANGUAGES[language]} lies {seen:.0%} of their median apart; at most "
                f"{MOST_SPREAD:.0%} may be. End what else runs, and measure again."
            )
    return None


def render(results):
    noisy = noise(results)
    parts = [
        f"{machine.sentence(results['machine'])}; {results['seconds']} s in all"
        + ("; a quick run, so rough." if results["quick"] else "."),
        f"Made by `{results['command']}`.",
        *results["notes"],
        noisy or targets(results["targets"]),
    ]
    for program, languages in results.get("latency", {}).items():
        for language, cells in languages.items():
            title = f"{LANGUAGES[language]}, {PROGRAMS[program]}"
            parts += [f"### {title}", latency(cells, results["titles"], with_ratios=not noisy)]
    for section, show in (
        ("timings", timings), ("sustained", sustained), ("batch", batch), ("memory", memory),
        ("thousand", memory)):  # fmt: skip
        if section in results and not (noisy and section == "sustained"):
            parts += [f"### {TITLES[section]}", show(results[section], results["titles"])]
    return "\n\n".join(filter(None, parts))


def short(results):
    """The README's table: hello world alone."""
    head = ["p50 / p99 ms, 20 ms between", *LANGUAGES.values()]
    head += [f"{language}, jobs/s, 32 in flight" for language in LANGUAGES.values()]
    cells = results["latency"]["hello"]
    rows = []
    for name in cells["python"]:
        found = [cells[language][name] for language in LANGUAGES]
        rows.append([
            results["titles"][name],
            *(" / ".join(digits(cell["gap"][p]) for p in ("p50_ms", "p99_ms")) for cell in found),
            *(f"{_rate(results, language, name):.0f}" for language in LANGUAGES),
        ])  # fmt: skip
    return table(head, rows)


def _rate(results, language, name):
    """The long run's, where there was one."""
    long = results.get("sustained", {}).get(language, {}).get(name)
    return (long or results["latency"]["hello"][language][name]["busy32"])["per_second"]


TITLES = {
    "timings": "What results tell of themselves, 20 ms between, medians in µs",
    "sustained": "Sustained, 32 in flight",
    "batch": "POST /v1/batch, warm",
    "memory": "Memory of waiting sandboxes",
    "thousand": "As many sandboxes at once",
}


def table(head, rows):
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def targets(rows):
    def cell(found):
        if not found:
            return "not measured"
        verdict = "reached" if found["reached"] else "missed"
        return f"{found['bound']}: **{verdict}**, {found['text']}"

    body = [[row["what"], *(cell(row.get(name)) for name in LANGUAGES)] for row in rows]
    return "### Targets\n\n" + table(["", *LANGUAGES.values()], body)


def latency(cells, titles, with_ratios=True):
    """p50 / p99 in milliseconds; in brackets how many times quicker than the first line."""
    ways = [(way, title) for way, title in WAYS if way in next(iter(cells.values()))]
    first = next(iter(cells.values()))
    body = [
        [titles[name]]
        + [percentiles(found[way], first[way] if with_ratios else None) for way, _ in ways]
        + [f"{found['busy8']['per_second']:.0f}", f"{found['busy8']['cpu_ms']:.2f}"]
        for name, found in cells.items()
    ]
    head = ["p50 / p99 ms (×)", *(title for _, title in ways), "jobs/s at 8", "CPU ms"]
    return table(head, body)


def percentiles(cell, first):
    sign = "" if cell["samples"] >= ENOUGH_FOR_P99 else "max "
    text = f"{digits(cell['p50_ms'])} / {sign}{digits(cell['p99_ms'])}"
    if first is None or cell is first:
        return text
    return f"{text} ({digits(first['p50_ms'] / cell['p50_ms'])})"


def digits(value):
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:.0f}"


def middle_timings(answers):
    """Medians of whole numbers, shares of what is true or false."""
    fields = answers[0]["timings"]
    found = {}
    for name in fields:
        values = [answer["timings"][name] for answer in answers]
        if isinstance(values[0], bool):
            found[name] = sum(values) / len(values)
        elif isinstance(values[0], int):
            found[name] = statistics.median(values)
    return found


def timings(found, _):
    fields = list(dict.fromkeys(f for s in found.values() for t in s.values() for f in t))
    rows = [
        [f"{LANGUAGES[language]}, {server}"] + [_timing(values.get(field)) for field in fields]
        for language, servers in found.items()
        for server, values in servers.items()
    ]
    return table(["", *(field.removesuffix("_us") for field in fields)], rows)


def _timing(value):
    if value is None:
        return ""
    return f"{value:.0%}" if isinstance(value, float) and value <= 1 else f"{value:.0f}"


def sustained(found, titles):
    rows = []
    for language, cells in found.items():
        first = next(iter(cells.values()))
        for name, cell in cells.items():
            rows.append([
                f"{LANGUAGES[language]}, {titles[name]}", f"{cell['per_second']:.0f}",
                f"{cell['per_second'] / first['per_second']:.1f}", digits(cell["p50_ms"]),
                digits(cell["p99_ms"]), f"{cell['cpu_ms']:.2f}", str(cell["samples"]),
            ])  # fmt: skip
    return table(["", "jobs/s", "×", "p50 ms", "p99 ms", "CPU ms per job", "jobs"], rows)


def batch(found, _):
    rows = [
        [
            LANGUAGES[language], f"{cell['per_second']:.0f}", digits(cell["first_ms"]),
            str(cell["jobs"]),
        ]
        for language, cell in found.items()
        if cell
    ]  # fmt: skip
    return table(["", "jobs/s", "ms to first result", "jobs"], rows) if rows else "Not measured."


def memory(found, _):
    rows = []
    for language, cell in found.items():
        if not cell["sandboxes"]:
            rows.append([LANGUAGES[language], f"0 of {cell['wanted']}", *[""] * 8])
            continue
        machine_share = cell.get("machine_bytes", 0) / cell["sandboxes"]
        drain = cell.get("drain")
        rows.append([
            LANGUAGES[language], f"{cell['sandboxes']} of {cell['wanted']}",
            f"{cell['fill_seconds']:.2f}", *(mb(cell[key]) for key in MEMORY_KEYS),
            mb(machine_share) if machine_share else "",
            f"{drain['jobs'] / drain['seconds']:.0f}" if drain else "",
        ])  # fmt: skip
    return table([
        "MB", "waiting", "filled in s", "PSS each", "private each", "kernel each", "zygote PSS",
        "warden PSS", "machine, each", "jobs/s, all at once",
    ], rows)  # fmt: skip


MEMORY_KEYS = ("pss_bytes", "private_bytes", "kernel_bytes", "zygote_pss_bytes", "warden_pss_bytes")


def mb(value):
    return f"{value / 1e6:.2f}"
