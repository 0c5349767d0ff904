#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "zygote_python.h"

static char **names;  // of hidden modules from files, up to the first dot, sorted
static size_t name_count;

static int compare_names(const void *left, const void *right) {
    return strcmp(*(char *const *)left, *(char *const *)right);
}

static bool is_file(py_object *module) {
    py_object *file = python.PyObject_GetAttrString(module, "__file__");
    if (!file) python.PyErr_Clear();
    py_drop(file);
    return file;
}

int remember_names(py_object *modules) {
    names = calloc((size_t)python.PyDict_Size(modules) + 1, sizeof *names);
    if (!names) return -1;
    py_object *key, *module;
    for (ssize_t at = 0; python.PyDict_Next(modules, &at, &key, &module);) {
        // Built-in modules are found before any file.
        if (!is_file(module)) continue;
        const char *name = python.PyUnicode_AsUTF8AndSize(key, NULL);
        char *stem = name ? strndup(name, strcspn(name, ".")) : NULL;
        if (!stem) return -1;
        names[name_count++] = stem;
    }
    qsort(names, name_count, sizeof *names, compare_names);
    return 0;
}

static bool has_module_suffix(const char *file) {
    const char *suffix = strrchr(file, '.');
    // A name without a suffix may be a package's folder.
    return !suffix || strcmp(suffix, ".py") == 0 || strcmp(suffix, ".pyc") == 0 ||
           strcmp(suffix, ".so") == 0;
}

static bool is_wanted(const char *file, py_object *wanted) {
    char stem[sizeof((struct dirent64 *)0)->d_name];
    size_t length = strcspn(file, ".");
    memcpy(stem, file, length);
    stem[length] = 0;
    const char *key = stem;
    if (!bsearch(&key, names, name_count, sizeof *names, compare_names)) return false;
    py_object *name = python.PyUnicode_DecodeFSDefault(stem);
    bool found = !name || python.PySequence_Contains(wanted, name) != 0;
    py_drop(name);
    return found;
}

bool has_module_of(const char *folder, py_object *wanted) {
    int handle = open(*folder ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    // A path that is no folder may be a zip archive of modules.
    if (handle < 0) return errno != ENOENT;
    _Alignas(struct dirent64) char entries[4096];
    bool found = false;
    ssize_t bytes;
    while (!found && (bytes = getdents64(handle, entries, sizeof entries)) > 0)
        for (ssize_t at = 0; at < bytes && !found;) {
            const struct dirent64 *entry = (const struct dirent64 *)(entries + at);
            found = has_module_suffix(entry->d_name) && is_wanted(entry->d_name, wanted);
            at += entry->d_reclen;
        }
    close(handle);
    return found || bytes < 0;
}
