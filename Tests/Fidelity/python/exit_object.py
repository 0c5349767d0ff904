import sys


class Reason:
    def __str__(self):
        return "an object's text"


sys.exit(Reason())
