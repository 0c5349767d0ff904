import sys

sys.stdout.flush = lambda: None
print("stays in the text wrapper")
sys.stdout.buffer.write(b"stays in the buffer\n")
