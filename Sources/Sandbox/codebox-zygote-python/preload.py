# Imports modules ahead of the fork and hides them again. preload.c runs this after warm.py, with
# `preload` (names, comma-separated, or "") and `count_draws` set, and takes `modules`, `plans`,
# `detached`, `finders` and `calls` from it (see struct hidden_modules).
# ruff: noqa: F821

import _frozen_importlib as bootstrap
import builtins
import os
import sys

bare = dict(sys.modules)
bare_finders = set(sys.path_importer_cache)
wanted = {}  # module: names that it imported while it was executed, in order
aliases = {}  # module: names that it put into sys.modules itself
calls = {}  # module: calls (function, arguments, keywords) to make when it is put back
impure = {"logging"}  # it keeps the time at which it was imported
stack = []
load, import_ = bootstrap._load_unlocked, builtins.__import__
register_at_fork = os.register_at_fork
exits = []  # atexit and its register


def load_recorded(spec):
    name = spec.name
    known = set(sys.modules)
    stack.append(name)
    wanted[name] = []
    before = count_draws()
    try:
        module = load(spec)
    except BaseException:
        del wanted[name]
        raise
    finally:
        stack.pop()
    if count_draws() != before and name not in calls:
        impure.add(name)
    mine = [n for n in sys.modules if n not in known and n not in wanted]
    for others in aliases.values():
        mine = [n for n in mine if n not in others]
    aliases[name] = mine
    if name == "atexit":
        exits.append((module, module.register))
        module.register = register_exit_recorded
    return module


def import_recorded(name, globals=None, locals=None, fromlist=(), level=0):
    module = import_(name, globals, locals, fromlist, level)
    if stack:
        if level:
            package = bootstrap._calc___package__(globals)
            name = bootstrap._resolve_name(name, package, level)
        names = name.split(".")
        names = [".".join(names[: i + 1]) for i in range(len(names))]
        names += [f"{name}.{item}" for item in fromlist or ()]
        wanted[stack[-1]] += [n for n in names if n in sys.modules]
    return module


def register_recorded(**hooks):
    mine = calls.setdefault(stack[-1], [])
    if "after_in_child" in hooks:
        mine.append((hooks["after_in_child"], (), {}))
    mine.append((register_at_fork, (), hooks))


def register_exit_recorded(function, *arguments, **keywords):
    mine = calls.setdefault(stack[-1], [])
    mine.append((exits[0][1], (function, *arguments), keywords))
    return function


def replace(load, import_, register):
    bootstrap._load_unlocked, builtins.__import__ = load, import_
    os.register_at_fork = register


def run(names, warm):
    recorders = (load_recorded, import_recorded, register_recorded)
    replace(*recorders)
    try:
        for name in names:
            try:
                import_(name)
            except ImportError:
                pass
        warm()
    finally:
        replace(load, import_, register_at_fork)
        for module, register in exits:
            module.register = register
    # A module that holds one of these objects would keep it in the jobs.
    theirs = {id(sys.modules["__main__"]), id(register_exit_recorded), *map(id, recorders)}
    for name, module in sys.modules.items():
        if not theirs.isdisjoint(map(id, vars(module).values())):
            impure.add(name)


def closure(name, found):
    if name in bare or name in found:
        return found
    found[name] = None
    parent = name.rpartition(".")[0]
    for alias in aliases.get(name, ()):
        found[alias] = None
    for other in ([parent] if parent else []) + wanted.get(name, []):
        closure(other, found)
    # The modules that a module needs come before it.
    del found[name]
    found[name] = None
    return found


def hide():
    modules = {n: m for n, m in sys.modules.items() if n not in bare}
    plans = {n: tuple(closure(n, {})) for n in modules if n in wanted}
    detached = set()
    for name, module in modules.items():
        del sys.modules[name]
        parent, _, child = name.rpartition(".")
        home = modules.get(parent) or bare.get(parent)
        if not home or name not in plans or name in plans.get(parent, ()):
            continue
        if vars(home).get(child) is module:
            delattr(home, child)
            detached.add(name)
    plans = {n: plan for n, plan in plans.items() if impure.isdisjoint(plan)}
    kept = {name for plan in plans.values() for name in plan}
    modules = {n: m for n, m in modules.items() if n in kept}
    finders = {p: f for p, f in sys.path_importer_cache.items() if p not in bare_finders}
    for path in finders:
        del sys.path_importer_cache[path]
    return modules, plans, detached, finders


run(preload.split(",") if preload else [], warm)
modules, plans, detached, finders = hide()
