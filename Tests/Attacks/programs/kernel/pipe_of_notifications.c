// attack: Makes a pipe of notifications, whose filter overflowed (CVE-2022-0995).
// layer: seccomp refuses keyctl and the request that sizes the queue
// second: few kernels are built with it
#include <sys/ioctl.h>

#include "attack.h"

int main(void) {
    int ends[2];
    if (syscall(SYS_pipe2, ends, 0200 /* O_NOTIFICATION_PIPE */) == 0) {
        refused("the size", syscall(SYS_ioctl, ends[0], 0x5760ul, 1), ENOTTY);
        refused("the filter", syscall(SYS_ioctl, ends[0], 0x5761ul, 0), ENOTTY);
    }
    refused("watching keys", syscall(SYS_keyctl, 32, -3, 0, 0, 0), ENOSYS);
    return end();
}
