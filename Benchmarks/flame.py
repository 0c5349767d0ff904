"""A flame graph as one SVG file: width is time, callers stand below what they call.

After Brendan Gregg's (https://www.brendangregg.com/flamegraphs.html); names are shown on hover.
"""

import zlib
from xml.sax.saxutils import escape, quoteattr

WIDTH, ROW, HEAD, FOOT = 1200, 15, 30, 10
# Shorter boxes would be too narrow to see.
LEAST_PIXELS = 0.8
MOST_ROWS = 60
GLYPH = 6.2


class Node:
    """One function, called from one stack."""

    def __init__(self, name):
        self.name = name
        self.count = 0
        self.below = {}

    def add(self, stack):
        """One sample; the outermost function first."""
        node = self
        node.count += 1
        for name in stack[:MOST_ROWS]:
            node = node.below.setdefault(name, Node(name))
            node.count += 1

    def depth(self, least):
        return 1 + max((c.depth(least) for c in self.below.values() if c.count >= least), default=0)


def colour(name):
    """The same for the same name, in every graph."""
    mixed = zlib.crc32(name.encode())
    return f"rgb({205 + mixed % 50},{80 + mixed // 50 % 120},{mixed // 6000 % 55})"


def draw(root, title):
    least = root.count * LEAST_PIXELS / WIDTH
    height = HEAD + root.depth(least) * ROW + FOOT
    lines = []

    def place(node, x, row):
        width = WIDTH * node.count / root.count
        y = height - FOOT - (row + 1) * ROW
        share = f"{100 * node.count / root.count:.1f} %"
        shown = node.name[: int((width - 4) / GLYPH)] if width > 25 else ""
        lines.append(
            f"<g><title>{escape(node.name)}, {share}</title>"
            f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{ROW - 1}" '
            f"fill={quoteattr(colour(node.name))}/>"
            + (f'<text x="{x + 2:.1f}" y="{y + 11}">{escape(shown)}</text>' if shown else "")
            + "</g>")  # fmt: skip
        for child in sorted(node.below.values(), key=lambda child: child.name):
            if child.count >= least:
                place(child, x, row + 1)
            x += WIDTH * child.count / root.count

    place(root, 0, 0)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'height="{height}">\n<style>text {{ font: 10px monospace; fill: #111 }}'
        ".title { font: 14px sans-serif }</style>\n"
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>\n'
        f'<text class="title" x="10" y="20">{escape(title)}</text>\n'
        + "\n".join(lines)
        + "\n</svg>\n"
    )
