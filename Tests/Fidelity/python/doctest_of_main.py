"""
>>> add(1, 2)
3
>>> add(1, "x")
Traceback (most recent call last):
    ...
TypeError: unsupported operand type(s) for +: 'int' and 'str'
>>> add(2, 2)
5
"""
import doctest
import sys


def add(a, b):
    """
    >>> add(10, 5)
    15
    """
    return a + b


results = doctest.testmod(verbose=False)
print(results)
sys.exit(results.failed)
