// Two answers that node's start gets from us instead of the kernel.
#include <errno.h>
#include <stdarg.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/types.h>

#include "real.h"
#include "zygote_node.h"

// V8 asks that its heap be missing from forked children, which are to exec at once. Ours go on.
INTERPOSED int madvise(void *address, size_t bytes, int advice) {
    if (advice == MADV_DONTFORK && phase < PHASE_JOB) return 0;
    return real.madvise(address, bytes, advice);
}

// libuv makes these calls by number.
INTERPOSED long syscall(long number, ...) {
    va_list list;
    va_start(list, number);
    long a = va_arg(list, long), b = va_arg(list, long), c = va_arg(list, long);
    long d = va_arg(list, long), e = va_arg(list, long), f = va_arg(list, long);
    va_end(list);
    // It puts an io_uring beside each epoll set, whose pages a forked child would share with the
    // zygote. In a sandbox there is none anyway: libuv does without.
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

// The process that made this one is the warden's, outside of its pid namespace. In there it is an
// orphan, of which PID 1 is the parent.
INTERPOSED pid_t getppid(void) {
    pid_t parent = (pid_t)real.syscall(SYS_getppid);
    return parent == 0 ? 1 : parent;
}
