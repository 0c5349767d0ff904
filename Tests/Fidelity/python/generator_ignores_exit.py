import sys


def stubborn():
    while True:
        try:
            yield
        except GeneratorExit:
            print("refuses")


sys.unraisablehook = lambda u: print(u.exc_type.__name__, u.exc_value, u.object.__name__)
g = stubborn()
next(g)
del g
print("end")
