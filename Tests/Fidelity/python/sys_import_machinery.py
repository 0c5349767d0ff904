import sys

print([getattr(finder, "__name__", repr(finder)) for finder in sys.meta_path])
print([getattr(hook, "__name__", repr(hook)) for hook in sys.path_hooks])
print(sys.path_importer_cache["/workspace/main.py"] if "/workspace/main.py" in sys.path_importer_cache else "-")
