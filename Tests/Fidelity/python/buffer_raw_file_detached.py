import sys

binary = sys.stdout.buffer
raw = binary.detach()
raw.write(b"unbuffered\n")
sys.stdout.write("is not written\n")
