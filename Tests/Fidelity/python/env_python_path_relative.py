import os
import site
import sys

print(sys.path, list(sys.path_importer_cache), os.environ["PYTHONPATH"])
try:
    import own

    print(own.__file__)
except ImportError as error:
    print(error)
import json

print(json.__file__, site.USER_SITE)
