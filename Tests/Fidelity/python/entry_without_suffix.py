import sys

import helper
import pkg.inner

print(sys.argv, sys.orig_argv, sys.path, __file__, __name__, __package__, __spec__, __cached__)
print(__loader__.path, __loader__.name, list(sys.path_importer_cache))
print(helper.__file__, helper.__spec__.origin, pkg.inner.NAME, pkg.__path__)
