import sys

sys.stdout = open(1, "wb", closefd=False)
sys.stdout.write(b"through a binary file\n")
