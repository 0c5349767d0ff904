// Ends a job. Node itself would take itself apart first, and wait for threads that do not exist.
#include <string.h>

#include "zygote_node.h"

// Node's codes are ints, of which a parent sees one byte.
static _Noreturn void end(int code) {
    leave_if_scout();
    cb_zygote_exit(code & 0xff);
}

uint64_t spin_event_loop(void *environment) {
    // A Maybe<ExitCode>: whether there is a code, then the code. Without one, an error ended the
    // loop.
    uint64_t result = node.spin_event_loop(environment);
    if (phase != PHASE_JOB) return result;
    end((result & 0xff) ? (int)(result >> 32) : 1);
}

static void exit_environment(const void *functor, void **environment, const int *code) {
    (void)functor;
    (void)environment;
    // Finishes the work that libuv's threads have begun, as node does.
    node.shut_down_libuv();
    end(*code);
}

void take_over_exit(void *environment) {
    struct std_function handler = {.manage = manage_nothing, .invoke = (void *)exit_environment};
    node.set_exit_handler(environment, &handler);
}
