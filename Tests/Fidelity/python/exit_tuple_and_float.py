import sys

try:
    sys.exit(2.5)
except SystemExit as end:
    print(repr(end.code))
sys.exit((3, "three"))
