#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "CLinux.h"

#ifndef SECCOMP_USER_NOTIF_FLAG_CONTINUE
#define SECCOMP_USER_NOTIF_FLAG_CONTINUE (1UL << 0)
#endif

int cb_install_filter(const void *filter, size_t bytes) {
    const size_t count = bytes / sizeof(struct sock_filter);
    if (count > BPF_MAXINSNS) return -EINVAL;
    struct sock_fprog program = {(unsigned short)count, (struct sock_filter *)filter};
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) < 0 ? -errno : 0;
}

int cb_is_listener(int fd) {
    static const char expected[] = "anon_inode:seccomp notify";
    char path[32], name[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    ssize_t count = readlink(path, name, sizeof name);
    return count == (ssize_t)strlen(expected) && memcmp(name, expected, (size_t)count) == 0;
}

int cb_receive_call(int listener, struct cb_call *received) {
    // Two descriptors may stand for one listener. Waiting for a call would then block the warden.
    struct pollfd polled = {.fd = listener, .events = POLLIN};
    if (poll(&polled, 1, 0) != 1 || !(polled.revents & POLLIN)) return -EAGAIN;
    struct seccomp_notif call;
    // The kernel refuses a structure that is not zeroed.
    memset(&call, 0, sizeof call);
    if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &call) < 0)
        return errno == ENOENT ? -EAGAIN : -errno;
    *received = (struct cb_call){.id = call.id,
                                 .argument = call.data.args[0],
                                 .pid = (int)call.pid,
                                 .is_exit = call.data.nr == SYS_exit_group};
    return 0;
}

void cb_continue_call(int listener, uint64_t id) {
    struct seccomp_notif_resp answer = {.id = id, .flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE};
    // The caller may have been killed meanwhile.
    (void)ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &answer);
}
