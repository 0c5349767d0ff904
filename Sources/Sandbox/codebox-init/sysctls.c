#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "init.h"

// CWire/sysctls.c says why there are no more.
static const struct cb_sysctl user_sysctls[] = {
    // A second layer beneath seccomp, which refuses the calls.
    {"/proc/sys/user/max_user_namespaces", "0"},
};

static int set(const struct cb_sysctl *sysctl) {
    // The new root is the current folder.
    int file = open(sysctl->path + 1, O_WRONLY | O_CLOEXEC);
    // Older kernels have some for the whole machine only, and show none in other namespaces.
    if (file < 0) return errno == ENOENT ? 0 : -1;
    ssize_t written = write(file, sysctl->value, strlen(sysctl->value));
    int error = errno;
    close(file);
    errno = error;
    return written < 0 ? -1 : 0;
}

static int set_all(const struct cb_sysctl *sysctls, int count) {
    for (cb_index = 0; cb_index < count; cb_index++)
        if (set(&sysctls[cb_index]) < 0) return -1;
    return 0;
}

int bound_network(void) {
    return set_all(cb_network_sysctls, (int)cb_network_sysctl_count);
}

int forbid_namespaces(void) {
    return set_all(user_sysctls, sizeof user_sysctls / sizeof *user_sysctls);
}
