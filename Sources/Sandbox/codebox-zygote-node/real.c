#include "real.h"

#include <dlfcn.h>
#include <stddef.h>

#include "zygote_node.h"

struct real real;

static const struct {
    void *place;
    const char *name;
} table[] = {
    {&real.pthread_create, "pthread_create"},
    {&real.cond_wait, "pthread_cond_wait"},
    {&real.cond_signal, "pthread_cond_signal"},
    {&real.cond_broadcast, "pthread_cond_broadcast"},
    {&real.sem_wait, "sem_wait"},
    {&real.sem_post, "sem_post"},
    {&real.madvise, "madvise"},
    {&real.epoll_create1, "epoll_create1"},
    {&real.epoll_ctl, "epoll_ctl"},
    {&real.epoll_pwait, "epoll_pwait"},
    {&real.eventfd, "eventfd"},
    {&real.pipe2, "pipe2"},
    {&real.open, "open64"},
    {&real.close, "close"},
    {&real.register_atfork, "__register_atfork"},
    {&real.read, "read"},
    {&real.write, "write"},
    {&real.syscall, "syscall"},
    {&real.start_main, "__libc_start_main"},
};

// Runs before any other constructor, which may call these functions.
__attribute__((constructor(101))) static void find_real_functions(void) {
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        *(void **)table[i].place = dlsym(RTLD_NEXT, table[i].name);
}
