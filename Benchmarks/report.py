"""The table that `make bench` prints."""

WIDTHS = (26, 9, 9, 7, 9, 9, 9, 9, 9, 7)


def render(results, machine, in_flight, gap):
    """One block for each language; × is how many times quicker than the first line."""
    lines = [f"Start to output, milliseconds ({machine}; {samples(results)})"]
    for title, contenders in results.items():
        lines += ["", title, heading(in_flight, gap), columns()]
        yardstick = next(iter(contenders.values()))
        lines += [row(name, cells, yardstick) for name, cells in contenders.items()]
    lines += ["", "× is against the first line of each block: latency p50, and jobs a second."]
    return "\n".join(lines)


def samples(results):
    counts = [
        cell["samples"]
        for contenders in results.values()
        for cells in contenders.values()
        for cell in cells.values()
    ]
    return f"{min(counts)} to {max(counts)} samples a cell"


def heading(in_flight, gap):
    one, two, three = (
        "one at a time", f"{gap * 1e3:.0f} ms between", f"{in_flight} in flight")  # fmt: skip
    return f"{'':26}{one:>25}{two:>18}{three:>34}"


def columns():
    names = ("", "p50", "p99", "×", "p50", "p99", "p50", "p99", "jobs/s", "×")
    return "".join(
        f"{name:>{width}}" if index else f"{name:{width}}"
        for index, (name, width) in enumerate(zip(names, WIDTHS)))  # fmt: skip


def row(name, cells, yardstick):
    idle, gap, busy = cells["idle"], cells["gap"], cells["busy"]
    values = (
        f"{idle['p50_ms']:.2f}", f"{idle['p99_ms']:.2f}",
        f"{yardstick['idle']['p50_ms'] / idle['p50_ms']:.2f}",
        f"{gap['p50_ms']:.2f}", f"{gap['p99_ms']:.2f}",
        f"{busy['p50_ms']:.2f}", f"{busy['p99_ms']:.2f}", f"{busy['per_second']:.0f}",
        f"{busy['per_second'] / yardstick['busy']['per_second']:.2f}",
    )  # fmt: skip
    cells = "".join(f"{value:>{width}}" for value, width in zip(values, WIDTHS[1:]))
    return f"  {name:{WIDTHS[0] - 2}}{cells}"
