from __future__ import annotations

import __future__


def f(x: undefined.name, y: int = 1) -> "quoted":
    pass


print(f.__annotations__)
print(eval("1 if True else 2"), compile("x: int", "t", "exec").co_flags & __future__.annotations.compiler_flag != 0)
