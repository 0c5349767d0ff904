import sys

print(sys.stdout, sys.stderr, sys.stdin, sys.flags.utf8_mode, "grüße")
