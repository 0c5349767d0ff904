import contextlib
import functools


def loud(function):
    @functools.wraps(function)
    def wrapper(*args):
        return function(*args)

    return wrapper


@contextlib.contextmanager
def managed():
    try:
        yield
    finally:
        print("managed end")


@loud
def numbers():
    yield 1
    raise IndexError("no more")


with managed():
    print(list(numbers()))
