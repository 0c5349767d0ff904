#include <errno.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>

#include "codebox_spawn.h"

#ifndef SECCOMP_USER_NOTIF_FLAG_CONTINUE
#define SECCOMP_USER_NOTIF_FLAG_CONTINUE (1UL << 0)
#endif

int cb_receive_call(int listener, int *pid, uint64_t *argument, uint64_t *id) {
    // Two descriptors may stand for one listener; waiting for a call would then hold the warden up.
    struct pollfd polled = {.fd = listener, .events = POLLIN};
    if (poll(&polled, 1, 0) != 1 || !(polled.revents & POLLIN)) return -EAGAIN;
    struct seccomp_notif call;
    // The kernel wants it empty.
    memset(&call, 0, sizeof call);
    if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &call) < 0)
        return errno == ENOENT ? -EAGAIN : -errno;
    *pid = (int)call.pid;
    *argument = call.data.args[0];
    *id = call.id;
    return 0;
}

void cb_continue_call(int listener, uint64_t id) {
    struct seccomp_notif_resp answer = {.id = id, .flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE};
    // Whoever made it may have been killed meanwhile.
    (void)ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &answer);
}
