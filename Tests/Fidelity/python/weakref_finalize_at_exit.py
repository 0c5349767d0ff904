import atexit
import weakref


class Thing:
    pass


a, b, c = Thing(), Thing(), Thing()
weakref.finalize(a, print, "finalize a")
weakref.finalize(b, print, "finalize b").atexit = False
third = weakref.finalize(c, print, "finalize c")
atexit.register(print, "atexit registered last")
del c
print(third.alive)
