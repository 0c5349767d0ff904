import contextlib
import io
import sys

inner = io.TextIOWrapper(sys.stdout.buffer, encoding="latin-1", newline="\r\n")
redirect = contextlib.redirect_stdout(inner)
redirect.__enter__()
print("caf\xe9")
errors = contextlib.redirect_stderr(inner)
errors.__enter__()
raise SystemExit("leaves with a text")
