#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "zygote_python.h"

#pragma clang diagnostic ignored "-Wc23-extensions"
static const char script[] = {
#embed "environment.py" suffix(, 0)
};

static char **initial;             // what the zygote was started with, without CodeBox's settings
static py_object *variables;       // the dictionary behind os.environ
static const char *coerced_ctype;  // set by the interpreter if the locale is C (PEP 538)
// Functions of environment.py and of `time`.
static py_object *renew_path, *renew_user_packages, *renew_time_zone;

int copy_environment(char **environment) {
    size_t count = 0;
    while (environment[count]) count++;
    initial = calloc(count + 1, sizeof *initial);
    for (size_t i = 0; initial && i < count; i++)
        if (!(initial[i] = strdup(environment[i]))) return -1;
    coerced_ctype = getenv("LC_CTYPE");
    return initial ? 0 : -1;
}

static int run_script(void) {
    py_object *names = python.PyDict_New();
    py_object *result =
        names ? python.PyRun_StringFlags(script, PY_FILE_INPUT, names, names, NULL) : NULL;
    if (!result) return -1;
    py_drop(result);
    // The dictionary lives on in its functions.
    renew_path = python.PyDict_GetItemString(names, "renew_path");
    renew_user_packages = python.PyDict_GetItemString(names, "renew_user_packages");
    renew_time_zone = take_attribute("time", "tzset");
    return renew_path && renew_user_packages && renew_time_zone ? 0 : -1;
}

int prepare_environment(void) {
    coerced_ctype = coerced_ctype ? NULL : getenv("LC_CTYPE");
    py_object *os = python.PyImport_ImportModule("os");
    py_object *mapping = os ? python.PyObject_GetAttrString(os, "environ") : NULL;
    if (mapping) variables = python.PyObject_GetAttrString(mapping, "_data");
    py_drop(mapping);
    py_drop(os);
    return variables ? run_script() : -1;
}

static bool are_same(char **left, char **right) {
    for (; *left && *right; left++, right++)
        if (strcmp(*left, *right) != 0) return false;
    return *left == *right;
}

static int add_variable(const char *variable) {
    const char *equals = strchr(variable, '=');
    if (!equals) return 0;
    py_object *name = python.PyBytes_FromStringAndSize(variable, equals - variable);
    py_object *value = python.PyBytes_FromStringAndSize(equals + 1, (ssize_t)strlen(equals + 1));
    // The first of two variables with the same name counts, as in the interpreter.
    int result = name && value && python.PyDict_SetDefault(variables, name, value) ? 0 : -1;
    py_drop(name);
    py_drop(value);
    return result;
}

static int replace_variables(const struct cb_program *program) {
    environ = program->environment;
    if (coerced_ctype) setenv("LC_CTYPE", coerced_ctype, 1);
    python.PyDict_Clear(variables);
    for (char **variable = environ; *variable; variable++)
        if (add_variable(*variable) < 0) return -1;
    return 0;
}

static const char *value_in(char **environment, const char *name) {
    size_t length = strlen(name);
    for (; *environment; environment++)
        if (strncmp(*environment, name, length) == 0 && (*environment)[length] == '=')
            return *environment + length + 1;
    return NULL;
}

static bool is_other(const struct cb_program *program, const char *name) {
    const char *before = value_in(initial, name), *now = value_in(program->environment, name);
    return before && now ? strcmp(before, now) != 0 : before != now;
}

static bool is_environment_ignored(void) {
    py_object *flags = python.PySys_GetObject("flags");
    py_object *ignored = flags ? python.PyObject_GetAttrString(flags, "ignore_environment") : NULL;
    bool result = ignored && python.PyObject_IsTrue(ignored) == 1;
    py_drop(ignored);
    return result;
}

static enum renewal follow_home(const struct cb_program *program) {
    if (!is_other(program, "HOME") && !is_other(program, "PYTHONUSERBASE")) return RENEWED;
    py_object *folder = python.PyObject_CallFunction(renew_user_packages, NULL);
    int result = folder ? set_user_packages(folder) : -1;
    py_drop(folder);
    return result < 0 ? RENEWAL_FAILED : RENEWED;
}

static enum renewal follow_path(const struct cb_program *program) {
    if (!is_other(program, "PYTHONPATH") || is_environment_ignored()) return RENEWED;
    const char *now = value_in(program->environment, "PYTHONPATH");
    if (value_in(initial, "PYTHONPATH")) return NEEDS_EXEC;
    if (!*now) return RENEWED;
    py_object *folders = python.PyObject_CallFunction(renew_path, "i", (int)has_program_folder());
    enum renewal result = RENEWED;
    if (!folders) result = RENEWAL_FAILED;
    else if (folders == python._Py_NoneStruct) result = NEEDS_EXEC;
    else if (insert_search_paths(folders) < 0) result = NEEDS_EXEC;
    py_drop(folders);
    return result;
}

static enum renewal follow_time_zone(const struct cb_program *program) {
    if (!is_other(program, "TZ")) return RENEWED;
    py_object *result = python.PyObject_CallFunction(renew_time_zone, NULL);
    py_drop(result);
    return result ? RENEWED : RENEWAL_FAILED;
}

enum renewal replace_environment(const struct cb_program *program) {
    if (are_same(program->environment, initial)) return RENEWED;
    if (replace_variables(program) < 0) return RENEWAL_FAILED;
    enum renewal result = follow_path(program);
    if (result == RENEWED) result = follow_home(program);
    if (result == RENEWED) result = follow_time_zone(program);
    return result;
}
