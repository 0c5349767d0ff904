#include "zygote_python.h"

// Modules are imported ahead of the fork, and then hidden: what sys.modules shows is what a fresh
// interpreter has. When a program imports one, it is found as ever, and then not executed again but
// put back, together with those that it imported itself, in the same order (restore.c).
//
// What modules register to be called around forks and at the exit is not registered before they are
// put back. Had such a hook been called in the fork that made the job's process, the least program
// would pay for reseeding random.
//
// A module that draws random numbers while it is imported, and has no hook to do so anew after a
// fork, is not kept, nor is one that reads a clock: two jobs would have the same. Nor is one that
// holds on to `__main__`, nor any that imports one of those. One that changes the process itself,
// as readline does, can't be told from others, and should not be named.

static const char recorder[] =
    "import builtins, os, sys\n"
    "import _frozen_importlib as bootstrap\n"
    "\n"
    "bare = dict(sys.modules)\n"
    "bare_finders = set(sys.path_importer_cache)\n"
    "wanted = {}   # module: names that it imported while it was executed, in order\n"
    "aliases = {}  # module: names that it put into sys.modules itself\n"
    "calls = {}    # module: calls (function, arguments, keywords) to make when it is put back\n"
    "impure = {'logging'}  # it keeps the time at which it was imported\n"
    "stack = []\n"
    "load, import_ = bootstrap._load_unlocked, builtins.__import__\n"
    "register_at_fork = os.register_at_fork\n"
    "exits = []    # atexit and its register\n"
    "\n"
    "def load_recorded(spec):\n"
    "    name = spec.name\n"
    "    known = set(sys.modules)\n"
    "    stack.append(name)\n"
    "    wanted[name] = []\n"
    "    before = count_draws()\n"
    "    try:\n"
    "        module = load(spec)\n"
    "    except BaseException:\n"
    "        del wanted[name]\n"
    "        raise\n"
    "    finally:\n"
    "        stack.pop()\n"
    "    if count_draws() != before and name not in calls:\n"
    "        impure.add(name)\n"
    "    mine = [n for n in sys.modules if n not in known and n not in wanted]\n"
    "    for others in aliases.values():\n"
    "        mine = [n for n in mine if n not in others]\n"
    "    aliases[name] = mine\n"
    "    if name == 'atexit':\n"
    "        exits.append((module, module.register))\n"
    "        module.register = register_exit_recorded\n"
    "    return module\n"
    "\n"
    "def import_recorded(name, globals=None, locals=None, fromlist=(), level=0):\n"
    "    module = import_(name, globals, locals, fromlist, level)\n"
    "    if stack:\n"
    "        if level:\n"
    "            package = bootstrap._calc___package__(globals)\n"
    "            name = bootstrap._resolve_name(name, package, level)\n"
    "        names = name.split('.')\n"
    "        names = ['.'.join(names[:i + 1]) for i in range(len(names))]\n"
    "        names += [f'{name}.{item}' for item in fromlist or ()]\n"
    "        wanted[stack[-1]] += [n for n in names if n in sys.modules]\n"
    "    return module\n"
    "\n"
    "def register_recorded(**hooks):\n"
    "    mine = calls.setdefault(stack[-1], [])\n"
    "    if 'after_in_child' in hooks:\n"
    "        mine.append((hooks['after_in_child'], (), {}))\n"
    "    mine.append((register_at_fork, (), hooks))\n"
    "\n"
    "def register_exit_recorded(function, *arguments, **keywords):\n"
    "    mine = calls.setdefault(stack[-1], [])\n"
    "    mine.append((exits[0][1], (function, *arguments), keywords))\n"
    "    return function\n"
    "\n"
    "def replace(load, import_, register):\n"
    "    bootstrap._load_unlocked, builtins.__import__ = load, import_\n"
    "    os.register_at_fork = register\n"
    "\n"
    "def run(names, warm):\n"
    "    recorders = (load_recorded, import_recorded, register_recorded)\n"
    "    replace(*recorders)\n"
    "    try:\n"
    "        for name in names:\n"
    "            try:\n"
    "                import_(name)\n"
    "            except ImportError:\n"
    "                pass\n"
    "        warm()\n"
    "    finally:\n"
    "        replace(load, import_, register_at_fork)\n"
    "        for module, register in exits:\n"
    "            module.register = register\n"
    "    # What got hold of these would keep it.\n"
    "    theirs = {id(sys.modules['__main__']), id(register_exit_recorded), *map(id, recorders)}\n"
    "    for name, module in sys.modules.items():\n"
    "        if not theirs.isdisjoint(map(id, vars(module).values())):\n"
    "            impure.add(name)\n"
    "\n"
    "def closure(name, found):\n"
    "    if name in bare or name in found:\n"
    "        return found\n"
    "    found[name] = None\n"
    "    parent = name.rpartition('.')[0]\n"
    "    for alias in aliases.get(name, ()):\n"
    "        found[alias] = None\n"
    "    for other in ([parent] if parent else []) + wanted.get(name, []):\n"
    "        closure(other, found)\n"
    "    # Those that it needs come before it.\n"
    "    del found[name]\n"
    "    found[name] = None\n"
    "    return found\n"
    "\n"
    "def hide():\n"
    "    modules = {n: m for n, m in sys.modules.items() if n not in bare}\n"
    "    plans = {n: tuple(closure(n, {})) for n in modules if n in wanted}\n"
    "    detached = set()\n"
    "    for name, module in modules.items():\n"
    "        del sys.modules[name]\n"
    "        parent, _, child = name.rpartition('.')\n"
    "        home = modules.get(parent) or bare.get(parent)\n"
    "        if not home or name not in plans or name in plans.get(parent, ()):\n"
    "            continue\n"
    "        if vars(home).get(child) is module:\n"
    "            delattr(home, child)\n"
    "            detached.add(name)\n"
    "    plans = {n: plan for n, plan in plans.items() if impure.isdisjoint(plan)}\n"
    "    kept = {name for plan in plans.values() for name in plan}\n"
    "    modules = {n: m for n, m in modules.items() if n in kept}\n"
    "    finders = {p: f for p, f in sys.path_importer_cache.items() if p not in bare_finders}\n"
    "    for path in finders:\n"
    "        del sys.path_importer_cache[path]\n"
    "    return modules, plans, detached, finders\n";

// First uses fill caches and specialise bytecode. Nothing here may draw random numbers or leave
// anything that a program could come upon.
static const char warmer[] =
    "def warm():\n"
    "    import io\n"
    "    out = io.TextIOWrapper(io.BytesIO(), encoding='utf-8', errors='strict')\n"
    "    source = 'import sys\\nclass A:\\n    def f(self, n):\\n        return n\\n'\n"
    "    source += 'for i in range(3):\\n    print(i, \"x\", A().f(i), f\"{i:>5}\", file=out)\\n'\n"
    "    for _ in range(20):\n"
    "        exec(compile(source, 'main.py', 'exec'), {'__name__': 'warm', 'out': out})\n"
    "    if 'traceback' in sys.modules:\n"
    "        warm_tracebacks(out)\n"
    "    if 're' in sys.modules:\n"
    "        sys.modules['re'].purge()\n"
    "\n"
    "def warm_tracebacks(out):\n"
    "    import linecache, traceback\n"
    "    for text in ('1 + (1 / 0)', 'def f(:', 'unknown', 'None.x') * 10:\n"
    "        try:\n"
    "            exec(compile(text, 'main.py', 'exec'), {})\n"
    "        except Exception as error:\n"
    "            traceback.print_exception(error, file=out)\n"
    "    linecache.clearcache()\n";

static const char runner[] = "run(preload.split(',') if preload else [], warm)\n"
                             "modules, plans, detached, finders = hide()\n";

static py_object *count_draws(py_object *self, py_object *arguments) {
    (void)self;
    (void)arguments;
    return python.PyLong_FromUnsignedLong(random_draws());
}

static int set(py_object *variables, const char *name, py_object *value) {
    int result = value ? python.PyDict_SetItemString(variables, name, value) : -1;
    py_drop(value);
    return result;
}

static int run_text(const char *text, py_object *variables) {
    py_object *result = python.PyRun_StringFlags(text, PY_FILE_INPUT, variables, variables, NULL);
    py_drop(result);
    return result ? 0 : -1;
}

static int run_recorder(py_object *variables, const char *names) {
    static py_method counter = {"count_draws", count_draws, PY_NO_ARGUMENTS, NULL};
    if (set(variables, "preload", python.PyUnicode_DecodeFSDefault(names)) < 0) return -1;
    if (set(variables, "count_draws", python.PyCFunction_NewEx(&counter, NULL, NULL)) < 0)
        return -1;
    if (run_text(recorder, variables) < 0 || run_text(warmer, variables) < 0) return -1;
    return run_text(runner, variables);
}

static py_object *take(py_object *variables, const char *name) {
    py_object *value = python.PyDict_GetItemString(variables, name);
    if (value) python.Py_IncRef(value);
    return value;
}

int preload_modules(const char *names, struct hidden_modules *hidden) {
    py_object *variables = python.PyDict_New();
    if (!variables) return -1;
    int result = run_recorder(variables, names ? names : "");
    hidden->modules = take(variables, "modules");
    hidden->plans = take(variables, "plans");
    hidden->detached = take(variables, "detached");
    hidden->finders = take(variables, "finders");
    hidden->calls = take(variables, "calls");
    // Its functions hold on to it.
    python.PyDict_Clear(variables);
    py_drop(variables);
    return result;
}
