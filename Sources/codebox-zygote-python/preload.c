#include <string.h>

#include "zygote_python.h"

// Modules are imported ahead of the fork, and then hidden: what sys.modules shows is what a fresh
// interpreter has. When a program imports one, it is found as ever, and then not executed again but
// put back, together with those that it imported itself, in the same order (restore.c).
//
// A module that reads a clock, the environment or random numbers while it is imported does not
// belong here: logging, multiprocessing.

static const char recorder[] =
    "import builtins, sys\n"
    "import _frozen_importlib as bootstrap\n"
    "\n"
    "bare = dict(sys.modules)\n"
    "bare_finders = set(sys.path_importer_cache)\n"
    "wanted = {}   # module: names that it imported while it was executed, in order\n"
    "aliases = {}  # module: names that it put into sys.modules itself\n"
    "stack = []\n"
    "load, import_ = bootstrap._load_unlocked, builtins.__import__\n"
    "\n"
    "def load_recorded(spec):\n"
    "    known = set(sys.modules)\n"
    "    stack.append(spec.name)\n"
    "    wanted[spec.name] = []\n"
    "    try:\n"
    "        module = load(spec)\n"
    "    except BaseException:\n"
    "        del wanted[spec.name]\n"
    "        raise\n"
    "    finally:\n"
    "        stack.pop()\n"
    "    mine = [name for name in sys.modules if name not in known and name not in wanted]\n"
    "    for others in aliases.values():\n"
    "        mine = [name for name in mine if name not in others]\n"
    "    aliases[spec.name] = mine\n"
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
    "        wanted[stack[-1]] += [name for name in names if name in sys.modules]\n"
    "    return module\n"
    "\n"
    "def closure(name, found):\n"
    "    if name in bare or name in found:\n"
    "        return found\n"
    "    found[name] = None\n"
    "    parent = name.rpartition('.')[0]\n"
    "    for other in ([parent] if parent else []) + wanted.get(name, []):\n"
    "        closure(other, found)\n"
    "    for alias in aliases.get(name, ()):\n"
    "        found[alias] = None\n"
    "    # Those that it needs come before it.\n"
    "    del found[name]\n"
    "    found[name] = None\n"
    "    return found\n"
    "\n"
    "def run(names, warm):\n"
    "    bootstrap._load_unlocked, builtins.__import__ = load_recorded, import_recorded\n"
    "    try:\n"
    "        for name in names:\n"
    "            try:\n"
    "                import_(name)\n"
    "            except ImportError:\n"
    "                pass\n"
    "        warm()\n"
    "    finally:\n"
    "        bootstrap._load_unlocked, builtins.__import__ = load, import_\n"
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

static py_object *run_text(const char *text, py_object *variables) {
    return python.PyRun_StringFlags(text, PY_FILE_INPUT, variables, variables, NULL);
}

static int run_recorder(py_object *variables, const char *names) {
    py_object *defined = run_text(recorder, variables);
    py_object *warm = defined ? run_text(warmer, variables) : NULL;
    py_object *list = python.PyUnicode_DecodeFSDefault(names);
    int result = list ? python.PyDict_SetItemString(variables, "preload", list) : -1;
    py_object *done = warm && result == 0 ? run_text("run(preload.split(',') if preload else [], warm)\n"
                                                     "modules, plans, detached, finders = hide()\n",
                                                     variables)
                                          : NULL;
    py_drop(list);
    py_drop(warm);
    py_drop(defined);
    py_drop(done);
    return done ? 0 : -1;
}

int preload_modules(const char *names, struct hidden_modules *hidden) {
    py_object *variables = python.PyDict_New();
    int result = variables ? run_recorder(variables, names ? names : "") : -1;
    if (result == 0) {
        hidden->modules = python.PyDict_GetItemString(variables, "modules");
        hidden->plans = python.PyDict_GetItemString(variables, "plans");
        hidden->detached = python.PyDict_GetItemString(variables, "detached");
        hidden->finders = python.PyDict_GetItemString(variables, "finders");
        python.Py_IncRef(hidden->modules);
        python.Py_IncRef(hidden->plans);
        python.Py_IncRef(hidden->detached);
        python.Py_IncRef(hidden->finders);
        // Its functions hold on to it.
        python.PyDict_Clear(variables);
    }
    py_drop(variables);
    return result;
}
