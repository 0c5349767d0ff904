import importlib.util
import os

import helper

print(helper.__cached__, sorted(os.listdir("__pycache__")))
print(importlib.util.cache_from_source("main.py"), importlib.util.source_from_cache(helper.__cached__))
print(helper.__spec__.has_location, type(helper.__loader__).__name__, helper.__loader__.path)
import py_compile

print(py_compile.compile("main.py"))
