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

void remove_own_variables(char **environment) {
    char **kept = environment;
    for (char **variable = environment; *variable; variable++)
        if (is_ours(*variable)) memset(*variable, 0, strlen(*variable));
        else *kept++ = *variable;
    *kept = NULL;
}

void replace_variables(const struct cb_program *program) {
    // process.env reads these. What is read only once, when node starts, a job that has it set
    // otherwise gets a node of its own for: the runtime's manifest lists it.
    if (!are_same(environ, program->environment)) environ = program->environment;
}
