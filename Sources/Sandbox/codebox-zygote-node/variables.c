#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "CWire.h"
#include "zygote_node.h"

static bool are_same(char **left, char **right) {
    for (; *left && *right; left++, right++)
        if (strcmp(*left, *right) != 0) return false;
    return *left == *right;
}

static bool begins_with(const char *text, const char *beginning) {
    return strncmp(text, beginning, strlen(beginning)) == 0;
}

static bool is_ours(const char *variable) {
    return begins_with(variable, CB_PRELOAD) || begins_with(variable, "CODEBOX_");
}

static uint64_t find_number(char **environment, const char *name) {
    for (char **variable = environment; *variable; variable++)
        if (begins_with(*variable, name)) return strtoull(*variable + strlen(name), NULL, 10);
    return 0;
}

uint64_t zygote_heap_mib(char **environment) {
    return find_number(environment, CB_ZYGOTE_HEAP_SIZE);
}

// cb_size_heap puts its variable behind all of the job's own.
static char *last_variable(char **environment) {
    char *last = NULL;
    for (char **variable = environment; *variable; variable++) last = *variable;
    return last;
}

bool is_exec_job(void) {
    const char *last = environ ? last_variable(environ) : NULL;
    return last && begins_with(last, CB_HEAP_SIZE);
}

static void remove_variable(char **variable) {
    memset(*variable, 0, strlen(*variable));
    for (; *variable; variable++) variable[0] = variable[1];
}

// Closes the object's descriptor and leaves what the job itself had in LD_PRELOAD.
static void restore_preload(char **variable) {
    char *rest = NULL;
    close((int)strtol(*variable + strlen(CB_HEAP_PRELOAD), &rest, 10));
    if (*rest != ':') {
        remove_variable(variable);
        return;
    }
    char *value = *variable + strlen(CB_PRELOAD);
    const size_t moved = (size_t)(rest + 1 - value), length = strlen(rest + 1);
    memmove(value, rest + 1, length);
    memset(value + length, 0, moved);
}

uint64_t take_job_heap_mib(char **environment) {
    char **last = environment;
    while (last[1]) last++;
    const uint64_t mib = find_number(last, CB_HEAP_SIZE);
    remove_variable(last);
    for (char **variable = environment; *variable; variable++)
        if (begins_with(*variable, CB_HEAP_PRELOAD)) {
            restore_preload(variable);
            break;
        }
    return mib;
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
