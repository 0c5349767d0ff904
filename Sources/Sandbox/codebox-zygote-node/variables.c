#include <string.h>
#include <unistd.h>

#include "zygote_node.h"

static bool are_same(char **left, char **right) {
    for (; *left && *right; left++, right++)
        if (strcmp(*left, *right) != 0) return false;
    return *left == *right;
}

static bool is_ours(const char *variable) {
    return strncmp(variable, "LD_PRELOAD=", 11) == 0 || strncmp(variable, "CODEBOX_", 8) == 0;
}

bool warms_typescript;

void remove_own_variables(char **environment) {
    char **kept = environment;
    for (char **variable = environment; *variable; variable++) {
        warms_typescript |= strcmp(*variable, "CODEBOX_WARM=typescript") == 0;
        if (is_ours(*variable)) memset(*variable, 0, strlen(*variable));
        else *kept++ = *variable;
    }
    *kept = NULL;
}

bool replace_variables(const struct cb_program *program) {
    // process.env reads these. Node reads some variables only at its start: stage.js renews what
    // follows from a few of them, and a job that changes another gets a fresh node, since the
    // runtime's manifest lists them.
    if (are_same(environ, program->environment)) return false;
    environ = program->environment;
    return true;
}
