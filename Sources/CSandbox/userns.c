#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "codebox_spawn.h"

static int write_file(const char *path, const char *text) {
    int file = open(path, O_WRONLY | O_CLOEXEC);
    if (file < 0) return -errno;
    ssize_t length = (ssize_t)strlen(text);
    int result = write(file, text, (size_t)length) == length ? 0 : -errno;
    close(file);
    return result;
}

int cb_enter_own_user_namespace(void) {
    char uids[48], gids[48];
    snprintf(uids, sizeof uids, "%u %u 1\n", geteuid(), geteuid());
    snprintf(gids, sizeof gids, "%u %u 1\n", getegid(), getegid());
    // And a mount namespace that is its own, or it could not come back to it from a template.
    if (unshare(CLONE_NEWUSER | CLONE_NEWNS) < 0) return -errno;
    // A group may be mapped only once setgroups is given up (user_namespaces(7)).
    int result = write_file("/proc/self/setgroups", "deny");
    if (result == 0) result = write_file("/proc/self/uid_map", uids);
    return result < 0 ? result : write_file("/proc/self/gid_map", gids);
}
