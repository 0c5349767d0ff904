import inspect
import sys
import warnings

print(sys.argv, __file__, inspect.getsourcefile(sys.modules["__main__"]))
warnings.warn("from here")


def fail():
    raise ValueError("grüße")


fail()
