#include "zygote_python.h"

// Modules are imported ahead of the fork and then hidden, so that sys.modules shows what a fresh
// interpreter has. When a program imports one, the interpreter finds it as usual. But it does not
// execute it again: it puts the module back, with those that the module imported, in the same order
// (restore.c).
//
// What a module registers to be called around forks and at the exit is registered only when the
// module is put back. If such a hook ran in the fork that makes the job's process, even the
// smallest program would pay for reseeding random.
//
// Some modules are not kept, nor is any that imports one of them, since two jobs would share their
// state: a module that draws random numbers while it is imported and has no hook to do so again
// after a fork, one that reads a clock, and one that holds `__main__`. A module that changes the
// process itself, as readline does, can't be detected and should not be named.

#pragma clang diagnostic ignored "-Wc23-extensions"
static const char warm_script[] = {
#embed "warm.py" suffix(, 0)
};
static const char preload_script[] = {
#embed "preload.py" suffix(, 0)
};

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

static int run_scripts(py_object *variables, const char *names) {
    static py_method counter = {"count_draws", count_draws, PY_NO_ARGUMENTS, NULL};
    if (set(variables, "preload", python.PyUnicode_DecodeFSDefault(names)) < 0) return -1;
    if (set(variables, "count_draws", python.PyCFunction_NewEx(&counter, NULL, NULL)) < 0)
        return -1;
    return run_text(warm_script, variables) < 0 ? -1 : run_text(preload_script, variables);
}

static py_object *take(py_object *variables, const char *name) {
    py_object *value = python.PyDict_GetItemString(variables, name);
    if (value) python.Py_IncRef(value);
    return value;
}

int preload_modules(const char *names, struct hidden_modules *hidden) {
    py_object *variables = python.PyDict_New();
    if (!variables) return -1;
    int result = run_scripts(variables, names ? names : "");
    hidden->modules = take(variables, "modules");
    hidden->plans = take(variables, "plans");
    hidden->detached = take(variables, "detached");
    hidden->finders = take(variables, "finders");
    hidden->calls = take(variables, "calls");
    // The scripts' functions refer to the dictionary, and it to them.
    python.PyDict_Clear(variables);
    py_drop(variables);
    return result;
}
