import atexit
import sys

atexit.register(print, "at exit")
sys.stdout.write("one")
sys.stderr.write("two\n")
print(sys.stdin, input() if not sys.stdin.closed else "")
raise SystemExit("three")
