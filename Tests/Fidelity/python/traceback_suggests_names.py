import collections


def attempt(f):
    try:
        f()
    except Exception as error:
        import traceback

        print(traceback.format_exception_only(error)[-1], end="")


attempt(lambda: collections.namedtupel)
attempt(lambda: prnt("x"))
attempt(lambda: [].appendd(1))
attempt(lambda: __import__("collections.abcd"))
counter = 0
conter
