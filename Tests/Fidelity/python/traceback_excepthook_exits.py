import sys

sys.excepthook = lambda kind, value, trace: sys.exit(f"because of {kind.__name__}")
1 / 0
