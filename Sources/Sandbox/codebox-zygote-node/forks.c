// Skips libuv's fork handlers in a zygote's child. They would start a second pool of threads beside
// the one that a job has already, and make the lock of signals again under other numbers. The child
// goes on with the zygote's state instead. A job's own forks run the handlers as in node.
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

// Called by pthread_atfork, of which each program has its own copy.
INTERPOSED int __register_atfork(void (*prepare)(void), void (*parent)(void), void (*child)(void),
                                 void *object) {
    if (!child || phase == PHASE_JOB) return real.register_atfork(prepare, parent, child, object);
    if (handler_count == MAXIMUM_HANDLERS) give_up("it has too many", "handlers of forks");
    handlers[handler_count++] = child;
    return real.register_atfork(prepare, parent, handler_count == 1 ? run_handlers : NULL, object);
}
