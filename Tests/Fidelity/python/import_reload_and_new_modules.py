import importlib
import os
import sys

import helper

print(helper.value)
with open("helper.py", "w") as file:
    file.write("value = 'second, and longer'\n")
importlib.invalidate_caches()
print(importlib.reload(helper).value)
os.mkdir("later")
with open("later/made.py", "w") as file:
    file.write("value = __name__\n")
sys.path.append("/workspace/later")
print(importlib.import_module("made").value)
spec = importlib.util.spec_from_file_location("by_path", "/workspace/later/made.py")
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
print(module.value, "by_path" in sys.modules)
