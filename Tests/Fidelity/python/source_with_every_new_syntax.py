from dataclasses import dataclass


@dataclass
class Point:
    x: int
    y: int


type Pair[T] = tuple[T, T]


def first[T](items: list[T]) -> T:
    return items[0]


def describe(value):
    match value:
        case Point(x=0, y=0):
            return "origin"
        case Point(x, y) if x == y:
            return f"diagonal {x}"
        case [1, *rest]:
            return f"list {rest}"
        case {"key": found, **others}:
            return f"mapping {found} {others}"
        case int() | float():
            return "number"
        case _:
            return "other"


for value in (Point(0, 0), Point(2, 2), [1, 2, 3], {"key": 1, "b": 2}, 1.5, "text"):
    print(describe(value))
print(Pair.__value__, first.__type_params__, (n := 10), f"{n=:>5} {'nested' + f'{n!r}'}")
print((lambda a, /, b, *, c: (a, b, c))(1, 2, c=3))
