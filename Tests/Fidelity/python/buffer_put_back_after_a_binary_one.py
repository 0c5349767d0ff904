import sys

first = sys.stdout
with open(1, "wb", closefd=False) as binary:
    sys.stdout = binary
    sys.stdout.write(b"binary\n")
sys.stdout = first
print("text")
sys.stdout.buffer.write(b"before the text\n")
