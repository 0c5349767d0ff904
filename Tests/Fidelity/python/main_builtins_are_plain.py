import builtins

print(__builtins__ is builtins, builtins.__name__)
print(sorted(dir(builtins)))
print(exit, quit, copyright is not None, type(help).__name__)
