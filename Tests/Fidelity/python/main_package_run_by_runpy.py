import runpy
import sys

result = runpy.run_path("tool", run_name="__main__")
print(sorted(name for name in result if not name.startswith("__")))
print(runpy.run_module("tool.part", run_name="renamed")["NAME"])
print(sys.argv, __name__)
