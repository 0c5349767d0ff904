"""Doc of main.

More of it.
"""
import pydoc


def documented(x: int) -> str:
    """What it does."""


print(pydoc.plain(pydoc.render_doc(documented)))
help(documented)
print(__doc__)
