#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "zygote_python.h"

static char **initial;             // what the zygote was started with, without CodeBox's settings
static py_object *variables;       // the dictionary behind os.environ
static const char *coerced_ctype;  // set by the interpreter if the locale is C (PEP 538)

int copy_environment(char **environment) {
    size_t count = 0;
    while (environment[count]) count++;
    initial = calloc(count + 1, sizeof *initial);
    for (size_t i = 0; initial && i < count; i++)
        if (!(initial[i] = strdup(environment[i]))) return -1;
    coerced_ctype = getenv("LC_CTYPE");
    return initial ? 0 : -1;
}

int prepare_environment(void) {
    coerced_ctype = coerced_ctype ? NULL : getenv("LC_CTYPE");
    py_object *os = python.PyImport_ImportModule("os");
    py_object *mapping = os ? python.PyObject_GetAttrString(os, "environ") : NULL;
    if (mapping) variables = python.PyObject_GetAttrString(mapping, "_data");
    py_drop(mapping);
    py_drop(os);
    return variables ? 0 : -1;
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

int replace_environment(const struct cb_program *program) {
    if (are_same(program->environment, initial)) return 0;
    environ = program->environment;
    if (coerced_ctype) setenv("LC_CTYPE", coerced_ctype, 1);
    python.PyDict_Clear(variables);
    for (char **variable = environ; *variable; variable++)
        if (add_variable(*variable) < 0) return -1;
    return 0;
}
