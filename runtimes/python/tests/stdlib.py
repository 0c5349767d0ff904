"""Imports all of the standard library but what needs a display or installs packages."""
import importlib
import sys
import warnings

left_out = {
    "antigravity", "ensurepip", "idlelib", "this", "tkinter", "_tkinter", "turtle", "turtledemo",
    "msilib", "nt", "winreg", "winsound", "msvcrt", "venv",
}
warnings.simplefilter("ignore")
missing = []
for name in sorted(sys.stdlib_module_names - left_out):
    if name.startswith("_"):
        continue
    try:
        importlib.import_module(name)
    except ImportError as error:
        missing.append(f"{name}: {error}")
print("\n".join(missing) or "all imported")
