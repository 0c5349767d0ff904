import locale
import os
import sys

print(locale.setlocale(locale.LC_ALL), locale.getencoding(), sys.stdout.encoding, sys.stdout.errors, sorted(os.environ))
