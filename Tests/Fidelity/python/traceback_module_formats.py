import sys
import traceback


def fail():
    secret = 5
    raise ValueError("formatted")


def run():
    fail()


try:
    run()
except ValueError as error:
    traceback.print_exc(file=sys.stdout)
    print(traceback.format_exc(limit=1))
    below = error.__traceback__.tb_next
    summary = traceback.TracebackException(ValueError, error, below, capture_locals=True)
    print("".join(summary.format()))
    print([(f.name, f.lineno, f.line) for f in traceback.extract_tb(error.__traceback__)])
traceback.print_stack(file=sys.stdout)
print(traceback.extract_stack()[-1])
