import os

os.remove("main.py")


def fail():
    raise ValueError("source is gone")


fail()
