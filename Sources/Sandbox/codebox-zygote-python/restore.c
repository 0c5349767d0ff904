#include <string.h>

#include "zygote_python.h"

// Replaces the last step of an import, in which the module's file has been found. If it is a hidden
// module, and each module that it would import now is the same as before the fork, all of these are
// put back into sys.modules. In every other case the import goes on as if there were no hidden
// modules.

static struct hidden_modules hidden;
static py_object *load;           // importlib's _load_unlocked
static py_object *standard_path;  // sys.path without the program's folder
static py_object *meta_path;      // sys.meta_path before the fork
static py_object *path_hooks;
static py_object *get_trace;
static py_object *get_profile;

static bool is_same_list(const char *name, py_object *before) {
    py_object *list = python.PySys_GetObject(name);
    return list && python.PyObject_RichCompareBool(list, before, PY_EQUAL) == 1;
}

static bool is_none_returned(py_object *function) {
    py_object *result = python.PyObject_CallFunction(function, NULL);
    py_drop(result);
    return result == python._Py_NoneStruct;
}

static bool has_same_origin(py_object *spec, py_object *module) {
    py_object *former = python.PyObject_GetAttrString(module, "__spec__");
    py_object *then = former ? python.PyObject_GetAttrString(former, "origin") : NULL;
    py_object *now = then ? python.PyObject_GetAttrString(spec, "origin") : NULL;
    bool same = now && python.PyObject_RichCompareBool(then, now, PY_EQUAL) == 1;
    py_drop(now);
    py_drop(then);
    py_drop(former);
    return same;
}

// Whether each module of the plan is either imported and the zygote's, or still available. A
// program may have put another module in its place, or may have deleted it to import it anew.
static bool are_there(py_object *plan) {
    py_object *modules = python.PyImport_GetModuleDict();
    ssize_t count = python.PySequence_Size(plan);
    for (ssize_t i = 0; i < count; i++) {
        py_object *name = python.PyTuple_GetItem(plan, i);
        py_object *module = python.PyDict_GetItemWithError(modules, name);
        py_object *ours = python.PyDict_GetItemWithError(hidden.modules, name);
        if (module ? module != ours : python.PySet_Contains(hidden.available, name) != 1)
            return false;
    }
    return true;
}

// Whether a file would be imported instead, from a folder that the program has put into sys.path
// before the standard library.
static bool is_any_shadowed(py_object *plan) {
    py_object *path = python.PySys_GetObject("path");
    ssize_t count = path ? python.PySequence_Size(path) : -1;
    ssize_t standard = python.PyList_Size(standard_path);
    ssize_t met = 0;
    for (ssize_t i = 0; i < count && met < standard; i++) {
        py_object *entry = python.PyList_GetItem(path, i);
        py_object *next = python.PyList_GetItem(standard_path, met);
        if (!entry) return true;
        if (python.PyObject_RichCompareBool(entry, next, PY_EQUAL) == 1) {
            met++;
            continue;
        }
        const char *folder = python.PyUnicode_AsUTF8AndSize(entry, NULL);
        if (!folder || has_module_of(folder, plan)) return true;
    }
    return met < standard;
}

static int put_back_finder(py_object *module) {
    // The import of a submodule made a finder for the package's folder.
    py_object *path = python.PyObject_GetAttrString(module, "__path__");
    py_object *folder = path ? python.PySequence_GetItem(path, 0) : NULL;
    py_object *finder = folder ? python.PyDict_GetItemWithError(hidden.finders, folder) : NULL;
    if (!finder) python.PyErr_Clear();
    py_object *importers = python.PySys_GetObject("path_importer_cache");
    int result = finder && importers ? python.PyDict_SetItem(importers, folder, finder) : 0;
    py_drop(folder);
    py_drop(path);
    return result;
}

static int attach(py_object *name, py_object *module) {
    const char *text = python.PyUnicode_AsUTF8AndSize(name, NULL);
    const char *dot = text ? strrchr(text, '.') : NULL;
    if (!dot) return text ? 0 : -1;
    char parent_name[256];
    if ((size_t)(dot - text) >= sizeof parent_name) return -1;
    memcpy(parent_name, text, (size_t)(dot - text));
    parent_name[dot - text] = 0;
    // A hidden package comes after its modules in the plan. All others are imported by now.
    py_object *parent = python.PyDict_GetItemString(hidden.modules, parent_name);
    if (!parent) parent = python.PyDict_GetItemString(python.PyImport_GetModuleDict(), parent_name);
    if (!parent) return 0;
    if (put_back_finder(parent) < 0) return -1;
    if (python.PySet_Contains(hidden.detached, name) != 1) return 0;
    return python.PyObject_SetAttrString(parent, dot + 1, module);
}

// Makes the calls that the module would have made, and those that follow a fork.
static int make_calls(py_object *name) {
    py_object *calls = python.PyDict_GetItemWithError(hidden.calls, name);
    ssize_t count = calls ? python.PyList_Size(calls) : 0;
    for (ssize_t i = 0; i < count; i++) {
        py_object *call = python.PyList_GetItem(calls, i);
        py_object *result =
            python.PyObject_Call(python.PyTuple_GetItem(call, 0), python.PyTuple_GetItem(call, 1),
                                 python.PyTuple_GetItem(call, 2));
        py_drop(result);
        if (!result) return -1;
    }
    return 0;
}

static int put_back(py_object *plan) {
    py_object *modules = python.PyImport_GetModuleDict();
    ssize_t count = python.PySequence_Size(plan);
    for (ssize_t i = 0; i < count; i++) {
        py_object *name = python.PyTuple_GetItem(plan, i);
        if (python.PyDict_GetItemWithError(modules, name)) continue;
        py_object *module = python.PyDict_GetItemWithError(hidden.modules, name);
        if (make_calls(name) < 0 || python.PyDict_SetItem(modules, name, module) < 0 ||
            attach(name, module) < 0)
            return -1;
        python.PySet_Discard(hidden.available, name);
    }
    return 0;
}

// Returns a new reference to the module, or NULL without an exception if it must be loaded.
static py_object *restore(py_object *spec) {
    py_object *name = python.PyObject_GetAttrString(spec, "name");
    py_object *plan = name ? python.PyDict_GetItemWithError(hidden.plans, name) : NULL;
    py_object *module = plan ? python.PyDict_GetItemWithError(hidden.modules, name) : NULL;
    if (module && has_same_origin(spec, module) && are_there(plan) &&
        is_same_list("meta_path", meta_path) && is_same_list("path_hooks", path_hooks) &&
        // A program that traces every line must see the module's lines, too.
        is_none_returned(get_trace) && is_none_returned(get_profile) && !is_any_shadowed(plan) &&
        put_back(plan) == 0) {
        python.Py_IncRef(module);
    } else {
        module = NULL;
        python.PyErr_Clear();
    }
    py_drop(name);
    return module;
}

static py_object *load_module(py_object *self, py_object *spec) {
    (void)self;
    py_object *module = restore(spec);
    return module ? module : python.PyObject_CallFunction(load, "(O)", spec);
}

static py_object *copy_list(const char *name) {
    py_object *list = python.PySys_GetObject(name);
    return list ? python.PySequence_List(list) : NULL;
}

static int replace_load(void) {
    static py_method method = {"_load_unlocked", load_module, PY_ONE_ARGUMENT, NULL};
    py_object *bootstrap = python.PyImport_ImportModule("_frozen_importlib");
    py_object *function = python.PyCFunction_NewEx(&method, NULL, NULL);
    load = bootstrap ? python.PyObject_GetAttrString(bootstrap, "_load_unlocked") : NULL;
    int result = load && function
                     ? python.PyObject_SetAttrString(bootstrap, "_load_unlocked", function)
                     : -1;
    py_drop(function);
    py_drop(bootstrap);
    return result;
}

int prepare_restoring(const struct hidden_modules *modules) {
    hidden = *modules;
    hidden.available = python.PySet_New(hidden.modules);
    standard_path = copy_list("path");
    meta_path = copy_list("meta_path");
    path_hooks = copy_list("path_hooks");
    get_trace = python.PySys_GetObject("gettrace");
    get_profile = python.PySys_GetObject("getprofile");
    if (!hidden.available || !standard_path || !meta_path || !path_hooks || !get_trace ||
        !get_profile || remember_names(hidden.modules) < 0)
        return -1;
    python.Py_IncRef(get_trace);
    python.Py_IncRef(get_profile);
    return replace_load();
}
