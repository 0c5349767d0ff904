// attack: Requeues a priority-inheriting futex onto itself (CVE-2014-3153).
// layer: the kernel's repair; a sandbox without PI futexes refuses the operation
// second: none
#include <linux/futex.h>

#include "attack.h"

int main(void) {
    static unsigned one, other;
    refused("itself", syscall(SYS_futex, &one, FUTEX_CMP_REQUEUE_PI, 1, 1, &one, 0), 0);
    refused("another", syscall(SYS_futex, &one, FUTEX_WAIT_REQUEUE_PI, 1, 0, &one, 0), 0);
    other = one;
    (void)other;
    return end();
}
