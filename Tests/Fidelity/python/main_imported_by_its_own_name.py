import os
import sys

if __name__ == "main":
    print("second copy", __name__, __file__, __spec__.name, __spec__.origin, __cached__)
    raise SystemExit(9)

print("first copy", __name__)
try:
    import main
except SystemExit as end:
    print("ended with", end.code)
print("main" in sys.modules, sorted(os.listdir()), sorted(os.listdir("__pycache__")))
