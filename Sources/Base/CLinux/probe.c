#include <errno.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "CLinux.h"
#include "namespaces.h"

// The arguments are such that the kernel refuses them (EINVAL, EFAULT, EBADF), which proves that
// the call exists.
static int exists(long result) {
    if (result >= 0) return 0;
    return errno == ENOSYS || errno == EPERM ? -errno : 0;
}

int cb_probe_clone3(void) {
    return exists(syscall(SYS_clone3, NULL, 0));
}

int cb_probe_pidfd_open(void) {
    long fd = syscall(SYS_pidfd_open, getpid(), 0);
    if (fd < 0) return -errno;
    close((int)fd);
    return 0;
}

int cb_probe_mount_setattr(void) {
    return exists(syscall(SYS_mount_setattr, -1, "", 0, NULL, 0));
}

int cb_probe_fsopen(void) {
    // EPERM only means that this process lacks CAP_SYS_ADMIN; PID 1 has it in its user namespace.
    long fd = syscall(SYS_fsopen, "tmpfs", 1 /* FSOPEN_CLOEXEC */);
    if (fd >= 0) close((int)fd);
    return fd >= 0 || errno != ENOSYS ? 0 : -errno;
}

int cb_probe_close_range(void) {
    return exists(syscall(SYS_close_range, ~0U, ~0U, 0));
}

int cb_probe_seccomp_filter(void) {
    unsigned action = SECCOMP_RET_KILL_PROCESS;
    return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0 ? 0 : -errno;
}

// The child's exit status is 0, or its errno; all that occur here are below 128.
static int reap(pid_t child) {
    int status;
    while (waitpid(child, &status, 0) < 0) {
        if (errno != EINTR) return -errno;
    }
    if (!WIFEXITED(status)) return -EINTR;
    return -WEXITSTATUS(status);
}

int cb_probe_namespaces(int flags) {
    pid_t child = fork();
    if (child < 0) return -errno;
    if (child == 0) _exit(unshare(flags) == 0 ? 0 : errno);
    return reap(child);
}

int cb_probe_host_name(void) {
    pid_t child = fork();
    if (child < 0) return -errno;
    if (child > 0) return reap(child);
    if (unshare(CLONE_NEWUSER | CLONE_NEWUTS) != 0) _exit(errno);
    _exit(sethostname("codebox", 7) == 0 ? 0 : errno);
}

// Returns 0, or -errno.
static int enter_namespaces(void) {
    const uid_t uid = getuid();
    const gid_t gid = getgid();
    const int flags = CLONE_NEWNS | CLONE_NEWPID | (uid == 0 ? 0 : CLONE_NEWUSER);
    if (unshare(flags) != 0) return -errno;
    return uid == 0 ? 0 : cb_map_one_id(0, uid, 0, gid);
}

int cb_probe_fresh_proc(void) {
    pid_t child = fork();
    if (child < 0) return -errno;
    if (child > 0) return reap(child);
    const int error = enter_namespaces();
    if (error != 0) _exit(-error);
    // The new pid namespace begins with the next child.
    pid_t inner = fork();
    if (inner < 0) _exit(errno);
    if (inner > 0) _exit(-reap(inner));
    if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0) _exit(errno);
    if (mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) != 0) _exit(errno);
    _exit(0);
}
