import sys

for name in ("json", "re", "random", "collections", "typing", "datetime", "asyncio"):
    print(name, name in sys.modules)
