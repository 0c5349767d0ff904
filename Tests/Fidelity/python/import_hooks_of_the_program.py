import importlib.abc
import importlib.machinery
import sys


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path, target=None):
        if name.startswith("virtual"):
            return importlib.machinery.ModuleSpec(name, self)

    def exec_module(self, module):
        module.value = f"made for {module.__name__}"


sys.meta_path.insert(0, Finder())
import virtual_one

print(virtual_one.value, virtual_one.__loader__ is sys.meta_path[0])
import builtins

real = builtins.__import__
builtins.__import__ = lambda name, *rest: print("importing", name) or real(name, *rest)
import colorsys
