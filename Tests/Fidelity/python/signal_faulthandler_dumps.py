import faulthandler
import sys


def inner():
    with open("dump", "w+") as file:
        faulthandler.dump_traceback(file)
        file.seek(0)
        lines = file.read().splitlines()
    print(lines[0].split()[0], len(lines))
    print(*lines[1:], sep="\n")


inner()
print(faulthandler.is_enabled())
faulthandler.enable()
print(faulthandler.is_enabled())
faulthandler.disable()
