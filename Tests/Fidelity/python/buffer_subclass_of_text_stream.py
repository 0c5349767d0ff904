import io
import sys


class Shouting(io.TextIOWrapper):
    def write(self, text):
        return super().write(text.upper())

    def flush(self):
        if not self.closed:
            super().write("(flush)\n")
        super().flush()


sys.stdout = Shouting(sys.stdout.detach(), encoding="utf-8")
print("quiet")
