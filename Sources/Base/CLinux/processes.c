#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "CLinux.h"

// P_PIDFD, which glibc 2.35 does not have.
enum { CB_P_PIDFD = 3 };

int cb_kill(int pidfd, int signal) {
    return syscall(SYS_pidfd_send_signal, pidfd, signal, NULL, 0) < 0 ? -errno : 0;
}

int cb_open_process(int pid) {
    int fd = (int)syscall(SYS_pidfd_open, pid, 0);
    return fd < 0 ? -errno : fd;
}

int cb_reap(int pidfd, int block, int *code, int *status) {
    siginfo_t info = {0};
    const int options = WEXITED | (block ? 0 : WNOHANG);
    int result;
    do result = waitid((idtype_t)CB_P_PIDFD, (id_t)pidfd, &info, options);
    while (result < 0 && errno == EINTR);
    if (result < 0) return -errno;
    if (info.si_pid == 0) return 0;
    *code = info.si_code;
    *status = info.si_status;
    return 1;
}

int cb_pid_of(int pidfd) {
    char path[48], text[512];
    snprintf(path, sizeof path, "/proc/self/fdinfo/%d", pidfd);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    ssize_t count = read(file, text, sizeof text - 1);
    close(file);
    if (count <= 0) return 0;
    text[count] = 0;
    const char *line = strstr(text, "\nPid:");
    if (!line) return -EBADF;
    int pid = atoi(line + strlen("\nPid:"));
    return pid > 0 ? pid : 0;
}

int cb_adopt_orphans(void) {
    return prctl(PR_SET_CHILD_SUBREAPER, 1UL, 0UL, 0UL, 0UL) < 0 ? -errno : 0;
}

int cb_die_with_parent(pid_t parent) {
    if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) return -errno;
    // The parent may have ended before the call took effect.
    return getppid() == parent ? 0 : -ESRCH;
}
