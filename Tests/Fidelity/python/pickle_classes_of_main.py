import copy
import pickle
from dataclasses import dataclass, field
from enum import Enum


@dataclass(order=True)
class Item:
    name: str
    tags: list = field(default_factory=list)


class Color(Enum):
    RED = 1


def function():
    return "called"


for value in (Item("a", ["x"]), Color.RED, function, Item, {"nested": [Item("b")]}):
    data = pickle.dumps(value)
    print(pickle.loads(data) == value, b"__main__" in data)
print(Item.__module__, repr(Item), copy.deepcopy(Item("c", [[1]])), Color.RED.__class__)
try:
    pickle.dumps(lambda: 1)
except Exception as error:
    print(type(error).__name__, str(error).split(" at 0x")[0])
