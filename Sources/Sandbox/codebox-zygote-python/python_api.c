#include "python_api.h"

#include <dlfcn.h>

struct python_api python;

const char *python_load(void) {
#define X(result, name, parameters) \
    *(void **)&python.name = dlsym(RTLD_DEFAULT, #name); \
    if (!python.name) return #name;
    PYTHON_FUNCTIONS(X)
#undef X
#define X(name) \
    python.name = dlsym(RTLD_DEFAULT, #name); \
    if (!python.name) return #name;
    PYTHON_OBJECTS(X)
    PYTHON_VARIABLES(X)
    PYTHON_NUMBERS(X)
#undef X
    return NULL;
}
