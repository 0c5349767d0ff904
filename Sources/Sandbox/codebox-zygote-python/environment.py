# What an interpreter takes from variables at its start and keeps. environment.c runs this in the
# zygote, and calls the functions in jobs whose variables differ from the zygote's.

import os
import site
import sys

from _frozen_importlib_external import PathFinder

# Modules that an interpreter looks for in sys.path while it starts. The last one is what Debian's
# sitecustomize looks for.
looked_for = {"sitecustomize", "usercustomize", "apport_python_hook"}
for name, module in sys.modules.items():
    origin = getattr(getattr(module, "__spec__", None), "origin", None)
    if "." not in name and origin not in (None, "built-in", "frozen"):
        looked_for.add(name)


# Returns the folder of the user's packages, of which `site` only looks whether it exists.
def renew_user_packages():
    site.USER_BASE = site.USER_SITE = None
    return site.getusersitepackages()


# Puts the folders of PYTHONPATH into sys.path, before the standard library. Returns them, or None
# if an interpreter that starts with them would import one of its own modules from there, or would
# look into one under two names.
def renew_path(begins_with_program):
    path = sys.path
    if ".." in os.environ["PYTHONPATH"]:
        return None
    first = path[:begins_with_program]
    standard = path[begins_with_program]
    path[:begins_with_program] = os.environ["PYTHONPATH"].split(os.pathsep)
    site.removeduppaths()
    if standard not in path:
        return None
    added = path[: path.index(standard)]
    path[:0] = first
    return added if find_nothing(added) else None


# The interpreter's first import looked into these folders and cached what it found there.
def find_nothing(folders):
    cache = sys.path_importer_cache
    known = dict(cache)
    cache.clear()
    for folder in folders:
        finder = PathFinder._path_importer_cache(folder)
        if finder and any(finder.find_spec(name) for name in looked_for):
            return False
    for folder, finder in known.items():
        cache.setdefault(folder, finder)
    return True
