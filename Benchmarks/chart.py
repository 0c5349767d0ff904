"""The README's chart, from a run's results."""

from xml.sax.saxutils import escape

import machine
import report

WIDTH, LABEL, FIGURE = 760, 190, 90
BAR, STEP, HEAD, FOOT = 16, 24, 54, 34
# One at a time with gaps, as a client sees it who is not the only load; p50.
PROGRAM, WAY, FIGURE_NAME = "hello", "gap", "p50_ms"
PANELS = (("python", "Python, print(1)"), ("node", "Node, console.log(1)"))
STYLE = """
  text { font: 13px system-ui, sans-serif; fill: #24292f }
  .title { font-weight: 600; font-size: 14px }
  .small { font-size: 11px; fill: #57606a }
  .other { fill: #afb8c1 }
  .ours { fill: #1f883d }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    .small { fill: #8d96a0 }
    .other { fill: #57606a }
    .ours { fill: #3fb950 }
  }
"""


def bars(results):
    """[(panel title, [(name, ms, ours)])], the slowest first."""
    for language, title in PANELS:
        cells = results["latency"][PROGRAM][language]
        rows = [
            (results["titles"][name], cell[WAY][FIGURE_NAME], "CodeBox" in results["titles"][name])
            for name, cell in cells.items()
        ]
        yield title, sorted(rows, key=lambda row: -row[1])


def draw(results):
    panels = list(bars(results))
    most = max(ms for _, rows in panels for _, ms, _ in rows)
    lines, y = [], 0
    for title, rows in panels:
        y += HEAD
        lines.append(f'<text class="title" x="0" y="{y - 16}">{escape(title)}</text>')
        for name, ms, ours in rows:
            length = max(1, (WIDTH - LABEL - FIGURE) * ms / most)
            lines += [
                f'<text x="{LABEL - 10}" y="{y + 13}" text-anchor="end">{escape(name)}</text>',
                f'<rect class="{"ours" if ours else "other"}" x="{LABEL}" y="{y}" rx="2" '
                f'width="{length:.1f}" height="{BAR}"/>',
                f'<text x="{LABEL + length + 8:.1f}" y="{y + 13}">{report.digits(ms)} ms</text>',
            ]
            y += STEP
    y += FOOT
    note = f"start to output held, median, 20 ms between; {machine.sentence(results['machine'])}"
    lines.append(f'<text class="small" x="0" y="{y - 12}">{escape(note)}</text>')
    description = "Median time from asking to holding the output, milliseconds"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y}" width="{WIDTH}" '
        f'height="{y}" role="img">\n<title>{description}</title>\n<style>{STYLE}</style>\n'
        + "\n".join(lines)
        + "\n</svg>\n"
    )
