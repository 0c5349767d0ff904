import sys

for argument in sys.argv:
    print(ascii(argument), type(argument).__name__)
print(sys.orig_argv == [sys.orig_argv[0], *sys.argv])
