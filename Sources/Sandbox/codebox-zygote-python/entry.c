#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "zygote_python.h"

// What an interpreter derives from its program's name before it opens the file. The zygote prepares
// it for the name in its own command; a job's process replaces it if its program has another.

static char path[PATH_MAX];        // the program's, absolute
static char folder[PATH_MAX];      // sys.path[0]
static py_object *main_variables;  // the dictionary of `__main__`
static bool has_first_path;

const char *program_path(void) {
    return path;
}

py_object *program_variables(void) {
    return main_variables;
}

bool has_program_folder(void) {
    return has_first_path;
}

// Sets `path` and `folder`. The path is not normalised, as `__file__` is not, but sys.path[0] is
// the real folder.
static int locate(const char *name) {
    char above[PATH_MAX], start[PATH_MAX] = "";
    if (*name != '/' && !getcwd(start, sizeof start)) return -1;
    int length = snprintf(path, sizeof path, *name == '/' ? "%s%s" : "%s/%s", start, name);
    if (length >= (int)sizeof path) return -1;
    memcpy(above, path, (size_t)length + 1);
    *strrchr(above, '/') = 0;
    return realpath(*above ? above : "/", folder) ? 0 : -1;
}

static int set_loader(py_object *name) {
    py_object *bootstrap = python.PyImport_ImportModule("_frozen_importlib_external");
    py_object *type =
        bootstrap ? python.PyObject_GetAttrString(bootstrap, "SourceFileLoader") : NULL;
    py_object *loader = type ? python.PyObject_CallFunction(type, "sO", "__main__", name) : NULL;
    int result = loader ? python.PyDict_SetItemString(main_variables, "__loader__", loader) : -1;
    py_drop(loader);
    py_drop(type);
    py_drop(bootstrap);
    return result;
}

static int set_main(py_object *name) {
    if (python.PyDict_SetItemString(main_variables, "__file__", name) < 0) return -1;
    if (python.PyDict_SetItemString(main_variables, "__cached__", python._Py_NoneStruct) < 0)
        return -1;
    return set_loader(name);
}

static bool is_path_safe(void) {
    py_object *flags = python.PySys_GetObject("flags");
    py_object *safe = flags ? python.PyObject_GetAttrString(flags, "safe_path") : NULL;
    bool result = safe && python.PyObject_IsTrue(safe) == 1;
    py_drop(safe);
    return result;
}

static int insert_folder(void) {
    py_object *paths = python.PySys_GetObject("path");
    py_object *standard = paths ? python.PyList_GetItem(paths, 0) : NULL;
    const char *text = standard ? python.PyUnicode_AsUTF8AndSize(standard, NULL) : NULL;
    if (!text) return -1;
    find_search_paths(text);
    has_first_path = !is_path_safe();
    if (!has_first_path) return 0;
    py_object *first = python.PyUnicode_DecodeFSDefault(folder);
    int result = first ? python.PyList_Insert(paths, 0, first) : -1;
    py_drop(first);
    return result < 0 ? -1 : set_first_path(path, folder);
}

static int replace_folder(void) {
    if (!has_first_path) return 0;
    py_object *first = python.PyUnicode_DecodeFSDefault(folder);
    if (!first || python.PyList_SetItem(python.PySys_GetObject("path"), 0, first) < 0) return -1;
    return replace_first_path(path, folder);
}

int prepare_entry(const char *own_name) {
    py_object *main_module = python.PyImport_AddModule("__main__");
    if (!main_module || locate(own_name) < 0) return -1;
    main_variables = python.PyModule_GetDict(main_module);
    py_object *name = python.PyUnicode_DecodeFSDefault(path);
    // The interpreter looks whether it can import from the program itself, and caches the answer.
    py_object *importers = python.PySys_GetObject("path_importer_cache");
    int result = name && set_main(name) == 0 && insert_folder() == 0
                     ? python.PyDict_SetItem(importers, name, python._Py_NoneStruct)
                     : -1;
    py_drop(name);
    return result;
}

int replace_entry(const char *job_name) {
    py_object *importers = python.PySys_GetObject("path_importer_cache");
    if (!importers || python.PyDict_DelItemString(importers, path) < 0) return -1;
    if (locate(job_name) < 0) return -1;
    py_object *name = python.PyUnicode_DecodeFSDefault(path);
    int result = name && set_main(name) == 0 && replace_folder() == 0
                     ? python.PyDict_SetItem(importers, name, python._Py_NoneStruct)
                     : -1;
    py_drop(name);
    return result;
}
