import sys


class Prefixed:
    def __init__(self, stream):
        self.stream = stream

    def write(self, text):
        self.stream.write("> " + text if text.strip() else text)

    def flush(self):
        self.stream.write("(flushed)\n")
        self.stream.flush()


sys.stdout = Prefixed(sys.stdout)
sys.stderr = Prefixed(sys.stderr)
print("wrapped")
print("this too", file=sys.stderr)
