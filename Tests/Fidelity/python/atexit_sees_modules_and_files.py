import atexit
import os
import sys

file = open("log", "w")


@atexit.register
def late():
    print(sys.modules["__main__"].__name__, os.getcwd(), file.closed)
    import json

    print(json.dumps([1]))
    file.write("late")
    file.close()
    print(open("log").read())
