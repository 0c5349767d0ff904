import json


def deepest(attempt):
    """The deepest nesting that it takes, by halving."""
    low, high = 1, 1 << 17
    while low < high:
        middle = (low + high + 1) // 2
        value = []
        for _ in range(middle):
            value = [value]
        try:
            attempt(value)
            low = middle
        except RecursionError:
            high = middle - 1
        while value:
            value = value[0]
    return low


class Calls:
    count = 0

    def __repr__(self):
        Calls.count += 1
        return repr(self)


print(deepest(repr), deepest(json.dumps))
try:
    repr(Calls())
except RecursionError as error:
    print(Calls.count, error)
