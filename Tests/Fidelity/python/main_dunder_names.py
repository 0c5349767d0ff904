"""The doc string of main."""
import sys

print(__name__, __file__, __package__, __spec__, __doc__)
print(type(__loader__).__name__, __loader__.name, __loader__.path)
print(__cached__ if "__cached__" in globals() else "no __cached__")
print(sys.modules["__main__"])
