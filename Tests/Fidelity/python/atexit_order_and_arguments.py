import atexit

atexit.register(print, "first registered, last run")
atexit.register(print, "with", "words", sep="-")


@atexit.register
def decorated():
    print("decorated")


def gone():
    print("never")


atexit.register(gone)
atexit.unregister(gone)
print("main ends", atexit._ncallbacks())
