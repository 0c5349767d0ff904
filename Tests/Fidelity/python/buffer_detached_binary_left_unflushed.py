import sys

binary = sys.stdout.detach()
binary.write(b"raw\n")
errors = sys.stderr.detach()
errors.write(b"raw as well\n")
