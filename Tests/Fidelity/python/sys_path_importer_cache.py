import sys

for path, finder in sorted(sys.path_importer_cache.items()):
    print(path, type(finder).__name__)
