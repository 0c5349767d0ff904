// Replaces some answers of the kernel, for node's start and for jobs.
#include <errno.h>
#include <stdarg.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/types.h>

#include "real.h"
#include "zygote_node.h"

// V8 excludes its heap from forked children, since these usually exec at once. A zygote's children
// need the heap.
INTERPOSED int madvise(void *address, size_t bytes, int advice) {
    if (advice == MADV_DONTFORK && phase < PHASE_JOB) return 0;
    return real.madvise(address, bytes, advice);
}

// libuv makes some calls by number.
INTERPOSED long syscall(long number, ...) {
    va_list list;
    va_start(list, number);
    long a = va_arg(list, long), b = va_arg(list, long), c = va_arg(list, long);
    long d = va_arg(list, long), e = va_arg(list, long), f = va_arg(list, long);
    va_end(list);
    // libuv would make an io_uring for each epoll set, whose pages a forked child would share with
    // the zygote. Sandboxes have no io_uring, and libuv works without it.
    if (number == SYS_io_uring_setup && phase < PHASE_JOB) {
        errno = ENOSYS;
        return -1;
    }
    if (number == SYS_close) forget_descriptor((int)a);
    long result;
    if (number == SYS_statx && stat_pretended((const char *)b, (unsigned)d, (void *)e, &result))
        return result;
    return real.syscall(number, a, b, c, d, e, f);
}

// A job's parent is the warden, which is outside of its pid namespace, so the kernel returns 0.
// Inside, the job is an orphan, whose parent is PID 1.
INTERPOSED pid_t getppid(void) {
    pid_t parent = (pid_t)real.syscall(SYS_getppid);
    return parent == 0 ? 1 : parent;
}
