#include "namespaces.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#include "CLinux.h"

int cb_enter_own_mounts(void) {
    if (unshare(CLONE_NEWNS) < 0) return -errno;
    // Later mounts of the host, such as a disk with images, still arrive here; none goes back.
    if (mount(NULL, "/", NULL, MS_REC | MS_SLAVE, NULL) < 0) return -errno;
    // A /proc of the warden's own pid namespace: its pids are those that clone3 returns.
    if (mount("none", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) < 0) return -errno;
    return 0;
}

static int write_file(const char *path, const char *text) {
    int file = open(path, O_WRONLY | O_CLOEXEC);
    if (file < 0) return -errno;
    ssize_t length = (ssize_t)strlen(text);
    int result = write(file, text, (size_t)length) == length ? 0 : -errno;
    close(file);
    return result;
}

int cb_map_one_id(uid_t uid, uid_t outer_uid, gid_t gid, gid_t outer_gid) {
    char uids[48], gids[48];
    snprintf(uids, sizeof uids, "%u %u 1\n", uid, outer_uid);
    snprintf(gids, sizeof gids, "%u %u 1\n", gid, outer_gid);
    // A group may be mapped only once setgroups is given up (user_namespaces(7)).
    int result = write_file("/proc/self/setgroups", "deny");
    if (result == 0) result = write_file("/proc/self/uid_map", uids);
    return result < 0 ? result : write_file("/proc/self/gid_map", gids);
}

int cb_enter_own_user_namespace(void) {
    const uid_t uid = geteuid();
    const gid_t gid = getegid();
    // The mount namespace must belong to the new user namespace, or the warden could not return to
    // it from a template.
    if (unshare(CLONE_NEWUSER | CLONE_NEWNS) < 0) return -errno;
    return cb_map_one_id(uid, uid, gid, gid);
}
