import sys

sys.exit("lone \ud800 and \udcff")
