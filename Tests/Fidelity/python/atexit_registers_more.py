import atexit


def first():
    print("first")
    atexit.register(print, "registered while ending")


atexit.register(first)
