import importlib.resources
import pkgutil

import pack

print(importlib.resources.files(pack).joinpath("data.txt").read_text(), pkgutil.get_data("pack", "data.txt"))
print([module.name for module in pkgutil.iter_modules(pack.__path__)])
print(sorted(m.name for m in pkgutil.iter_modules(["/workspace"])))
