#include <string.h>

#include "zygote_python.h"

static char *value_of(char *variable, const char *name) {
    size_t length = strlen(name);
    if (strncmp(variable, name, length) != 0 || variable[length] != '=') return NULL;
    return variable + length + 1;
}

// Closes the gaps between the strings, which the kernel has laid out one behind the other.
static void close_ranks(char **environment, char *start, char *end) {
    char *free = start;
    for (; *environment; environment++) {
        size_t bytes = strlen(*environment) + 1;
        memmove(free, *environment, bytes);
        *environment = free;
        free += bytes;
    }
    memset(free, 0, (size_t)(end - free));
}

static char *end_of(char **environment) {
    char *end = *environment;
    for (; *environment; environment++) end = *environment + strlen(*environment) + 1;
    return end;
}

void take_settings(char **environment, struct settings *settings) {
    if (!*environment) return;
    char *start = *environment;
    char *end = end_of(environment);
    char **kept = environment;
    for (char **next = environment; *next; next++) {
        char *preload = value_of(*next, "CODEBOX_PRELOAD");
        if (preload) settings->preload = strdup(preload);
        if (!preload && !value_of(*next, "LD_PRELOAD")) *kept++ = *next;
    }
    *kept = NULL;
    close_ranks(environment, start, end);
}
