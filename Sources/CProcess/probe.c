#include "CProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// Arguments are chosen to be refused (EINVAL, EFAULT, EBADF), which proves that the call exists.
static int exists(long result) {
    if (result >= 0) return 0;
    return errno == ENOSYS || errno == EPERM ? -errno : 0;
}

int cprocess_probe_clone3(void) {
    return exists(syscall(SYS_clone3, NULL, 0));
}

int cprocess_probe_pidfd_open(void) {
    long fd = syscall(SYS_pidfd_open, getpid(), 0);
    if (fd < 0) return -errno;
    close((int)fd);
    return 0;
}

int cprocess_probe_mount_setattr(void) {
    return exists(syscall(SYS_mount_setattr, -1, "", 0, NULL, 0));
}

int cprocess_probe_fsopen(void) {
    // EPERM here only means that we lack CAP_SYS_ADMIN; inside its user namespace PID 1 has it.
    long fd = syscall(SYS_fsopen, "tmpfs", 1 /* FSOPEN_CLOEXEC */);
    if (fd >= 0) close((int)fd);
    return fd >= 0 || errno != ENOSYS ? 0 : -errno;
}

int cprocess_probe_close_range(void) {
    return exists(syscall(SYS_close_range, ~0U, ~0U, 0));
}

int cprocess_probe_seccomp_filter(void) {
    unsigned action = SECCOMP_RET_KILL_PROCESS;
    return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0 ? 0 : -errno;
}

// The child reports by its exit status: 0, or the errno (all that occur here are below 128).
static int reap(pid_t child) {
    int status;
    while (waitpid(child, &status, 0) < 0) {
        if (errno != EINTR) return -errno;
    }
    if (!WIFEXITED(status)) return -EINTR;
    return -WEXITSTATUS(status);
}

int cprocess_probe_namespaces(int flags) {
    pid_t child = fork();
    if (child < 0) return -errno;
    if (child == 0) _exit(unshare(flags) == 0 ? 0 : errno);
    return reap(child);
}

static int write_file(const char *path, const char *text) {
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0) return -1;
    ssize_t written = write(fd, text, strlen(text));
    close(fd);
    return written == (ssize_t)strlen(text) ? 0 : -1;
}

static int enter_namespaces(void) {
    unsigned uid = getuid();
    unsigned gid = getgid();
    int flags = CLONE_NEWNS | CLONE_NEWPID | (uid == 0 ? 0 : CLONE_NEWUSER);
    if (unshare(flags) != 0) return -1;
    if (uid == 0) return 0;
    char map[64];
    if (write_file("/proc/self/setgroups", "deny") != 0) return -1;
    snprintf(map, sizeof map, "0 %u 1", uid);
    if (write_file("/proc/self/uid_map", map) != 0) return -1;
    snprintf(map, sizeof map, "0 %u 1", gid);
    return write_file("/proc/self/gid_map", map);
}

int cprocess_probe_fresh_proc(void) {
    pid_t child = fork();
    if (child < 0) return -errno;
    if (child > 0) return reap(child);
    if (enter_namespaces() != 0) _exit(errno);
    // The new pid namespace begins with the next child.
    pid_t inner = fork();
    if (inner < 0) _exit(errno);
    if (inner > 0) _exit(-reap(inner));
    if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0) _exit(errno);
    if (mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) != 0) _exit(errno);
    _exit(0);
}
