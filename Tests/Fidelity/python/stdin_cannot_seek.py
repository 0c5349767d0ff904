import io
import sys

for attempt in (lambda: sys.stdin.seek(0), lambda: sys.stdin.buffer.tell(), lambda: sys.stdin.write("x")):
    try:
        attempt()
    except (OSError, io.UnsupportedOperation) as error:
        print(type(error).__name__, error)
