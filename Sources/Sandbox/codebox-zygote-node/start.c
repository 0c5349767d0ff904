#include "real.h"
#include "zygote_node.h"

static int (*node_main)(int, char **, char **);

// In an exec'ed job.
static int job_main(int argument_count, char **arguments, char **environment) {
    size_heaps(take_job_heap_mib(environment));
    return node_main(argument_count, arguments, environment);
}

static int zygote_main(int argument_count, char **arguments, char **environment) {
    const uint64_t heap_mib = zygote_heap_mib(environment);
    remove_own_variables(environment);
    own_program = (struct cb_program){.arguments = arguments,
                                      .environment = environment,
                                      .argument_count = (uint32_t)argument_count};
    find_fork_symbols();
    redirect_calls("_ZN4node16NodeMainInstance3RunEv", (void *)node.load_environment,
                   (void *)load_environment);
    redirect_calls("_ZN4node16NodeMainInstance3RunEv", (void *)node.spin_event_loop,
                   (void *)spin_event_loop);
    size_heaps(heap_mib);
    choose_area();
    enlarge_code_pages();
    phase = PHASE_STARTING;
    return node_main(argument_count, arguments, environment);
}

// Called by the interpreter's _start with its main function.
INTERPOSED int __libc_start_main(int (*main)(int, char **, char **), int argument_count,
                                 char **arguments, void (*init)(void), void (*fini)(void),
                                 void (*rtld_fini)(void), void *stack_end) {
    node_main = main;
    return real.start_main(phase == PHASE_JOB ? job_main : zygote_main, argument_count, arguments,
                           init, fini, rtld_fini, stack_end);
}
