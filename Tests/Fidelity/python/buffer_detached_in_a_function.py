import sys


class Writer:
    def __init__(self):
        self.binary = sys.stdout.detach()

    def write(self, text):
        self.binary.write(text.encode())


writer = Writer()
writer.write("kept by an object\n")
