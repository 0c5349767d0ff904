#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "real.h"
#include "zygote_node.h"

enum phase phase = PHASE_LOADING;
int own_argument_count;

static int (*node_main)(int, char **, char **);

void give_up(const char *what, const char *which) {
    dprintf(STDERR_FILENO, "codebox-zygote-node: this node can't be forked: %s %s\n", what, which);
    _exit(1);
}

static bool is_ours(const char *variable) {
    return strncmp(variable, "LD_PRELOAD=", 11) == 0 || strncmp(variable, "CODEBOX_", 8) == 0;
}

// As if they had never been there: /proc/self/environ shows the bytes, not the pointers.
static void remove_own_variables(char **environment) {
    char **kept = environment;
    for (char **variable = environment; *variable; variable++)
        if (is_ours(*variable)) memset(*variable, 0, strlen(*variable));
        else *kept++ = *variable;
    *kept = NULL;
}

static int zygote_main(int argument_count, char **arguments, char **environment) {
    own_argument_count = argument_count;
    remove_own_variables(environment);
    find_node_symbols();
    redirect_calls("_ZN4node16NodeMainInstance3RunEv", (void *)node.load_environment,
                   (void *)load_environment);
    redirect_calls("_ZN4node16NodeMainInstance3RunEv", (void *)node.spin_event_loop,
                   (void *)spin_event_loop);
    phase = PHASE_STARTING;
    return node_main(argument_count, arguments, environment);
}

// What an interpreter's _start calls with its main function.
INTERPOSED int __libc_start_main(int (*main)(int, char **, char **), int argument_count,
                                 char **arguments, void (*init)(void), void (*fini)(void),
                                 void (*rtld_fini)(void), void *stack_end) {
    node_main = main;
    return real.start_main(zygote_main, argument_count, arguments, init, fini, rtld_fini,
                           stack_end);
}
