// What libuv does in a forked child, it does to be a young one's: its pool of threads begins anew
// beside the one that a job has already, and its lock of signals under other numbers. A zygote's
// child is the same process as before, so it goes without. A job's own forks are as node's are.
#include "real.h"
#include "zygote_node.h"

enum { MAXIMUM_HANDLERS = 8 };

static void (*handlers[MAXIMUM_HANDLERS])(void);
static size_t handler_count;

static void run_handlers(void) {
    if (phase == PHASE_SERVING) return;
    for (size_t i = 0; i < handler_count; i++) handlers[i]();
}

void require_fork_handlers(void) {
    if (handler_count == 0) give_up("it prepares for forks", "elsewhere");
}

// What pthread_atfork, which each program has a copy of, calls.
INTERPOSED int __register_atfork(void (*prepare)(void), void (*parent)(void), void (*child)(void),
                                 void *object) {
    if (!child || phase == PHASE_JOB) return real.register_atfork(prepare, parent, child, object);
    if (handler_count == MAXIMUM_HANDLERS) give_up("it has too many", "handlers of forks");
    handlers[handler_count++] = child;
    return real.register_atfork(prepare, parent, handler_count == 1 ? run_handlers : NULL, object);
}
