import sys

for name, module in sorted(sys.modules.items()):
    if module is None or not hasattr(module, "__name__"):
        print("odd", name, module)
    spec = getattr(module, "__spec__", None)
    if getattr(spec, "_initializing", False):
        print("half imported", name)
foreign = [
    name
    for name in sys.modules
    if name != "__main__" and name.split(".")[0] not in sys.stdlib_module_names
]
print(sorted(foreign))
