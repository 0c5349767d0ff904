print([name for name in globals() if not name.startswith("__")], dir())
print("__annotations__" in globals(), "_" in globals())
x: int = 3
print(__annotations__)
