// Tries, where a zygote would start, what it could do to the host, and prints what it gained.
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/io_uring.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "CWire.h"
#include "hostile.h"

static int gains;

static void gained(const char *what, const char *which) {
    gains++;
    printf("GAINED %s %s;", what, which);
}

static void try_identity(void) {
    if (getuid() == 0 || geteuid() == 0) gained("uid", "0");
    if (getgid() == 0 || getegid() == 0 || getgroups(0, NULL) > 0) gained("gid", "0");
    if (setresuid(0, 0, 0) == 0) gained("setresuid", "0");
    if (setgroups(0, NULL) == 0) gained("setgroups", "");
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct all[2] = {{~0u, ~0u, 0}, {~0u, ~0u, 0}};
    if (syscall(SYS_capset, &header, all) == 0) gained("capset", "");
    if (prctl(PR_GET_SECCOMP) != 2) gained("no", "seccomp");
    if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1) gained("new", "privileges");
}

static void try_files(void) {
    static const char *const written[] = {
        "/proc/sys/kernel/core_pattern",
        "/proc/sys/kernel/modprobe",
        "/proc/sys/vm/drop_caches",
        "/proc/sys/fs/binfmt_misc",
        "/proc/sysrq-trigger",
        "/proc/1/mem",
        "/proc/1/oom_score_adj",
        "/proc/self/oom_score_adj",
        "/usr/evil",
        "/dev/evil",
        "/proc/sys/kernel/hotplug",
        "/proc/irq/default_smp_affinity",
    };
    for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
        int file = open(written[i], O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
        if (file >= 0) gained("writing", written[i]);
    }
    static const char *const read_[] = {"/proc/kcore",   "/proc/kmsg",      "/proc/kallsyms",
                                        "/proc/modules", "/proc/1/environ", "/proc/1/maps",
                                        "/proc/cmdline", "/etc/shadow"};
    for (size_t i = 0; i < sizeof read_ / sizeof *read_; i++) {
        char byte;
        int file = open(read_[i], O_RDONLY | O_NONBLOCK | O_CLOEXEC);
        if (file >= 0 && read(file, &byte, 1) > 0) gained("reading", read_[i]);
    }
}

static void try_processes(void) {
    DIR *folder = opendir("/proc");
    for (struct dirent *entry; folder && (entry = readdir(folder));) {
        int pid = atoi(entry->d_name);
        if (pid > 0 && pid != getpid()) gained("sight of", entry->d_name);
    }
    if (!folder) gained("no", "/proc");
    if (kill(1, SIGTERM) == 0) gained("signalling", "1");
    if (kill(getppid(), SIGKILL) == 0) gained("signalling", "the parent");
    if (ptrace(PTRACE_SEIZE, 1, NULL, NULL) == 0) gained("tracing", "1");
    if (sched_setscheduler(1, SCHED_OTHER, &(struct sched_param){0}) == 0)
        gained("scheduling", "1");
}

static void try_calls(void) {
    if (unshare(CLONE_NEWUSER) == 0) gained("a user", "namespace");
    if (unshare(CLONE_NEWNS) == 0) gained("a mount", "namespace");
    if (mount("none", "/tmp", "tmpfs", 0, NULL) == 0) gained("a", "mount");
    if (chroot("/tmp") == 0) gained("a", "root");
    if (syscall(SYS_bpf, 0, NULL, 0) >= 0 || errno == EFAULT) gained("bpf", "");
    if (syscall(SYS_perf_event_open, NULL, 0, -1, -1, 0) >= 0 || errno == EFAULT)
        gained("perf", "");
    if (syscall(SYS_io_uring_setup, 1, NULL) >= 0 || errno == EFAULT) gained("io_uring", "");
    if (syscall(SYS_add_key, "user", "a", "b", 1, -3) >= 0) gained("add_key", "");
    if (syscall(SYS_open_by_handle_at, -1, NULL, 0) >= 0 || errno == EFAULT) gained("handles", "");
    if (syscall(SYS_init_module, NULL, 0, "") == 0) gained("a", "module");
    if (sethostname("evil", 4) == 0) gained("the", "host name");
}

static void try_descriptors(void) {
    // Its streams, its control socket, the object that it should have preloaded, and what pins its
    // pages.
    for (int fd = 5; fd < 1024; fd++)
        if (fd != CB_FD_PINS && fcntl(fd, F_GETFD) >= 0) gained("a", "descriptor");
}

// Whatever can be registered with an io_uring but pages, and every request to it.
static void try_pins(void) {
    static char room[256];
    for (unsigned operation = 0; operation < 64; operation++)
        if (operation != IORING_REGISTER_BUFFERS_UPDATE &&
            (syscall(SYS_io_uring_register, CB_FD_PINS, operation, room, 1) >= 0 ||
             errno != ENOSYS))
            gained("an", "io_uring operation");
    if (syscall(SYS_io_uring_enter, CB_FD_PINS, 1, 0, 0, NULL, 0) >= 0 || errno != ENOSYS)
        gained("an", "io_uring request");
}

int play_gains(void) {
    try_descriptors();
    try_pins();
    try_identity();
    try_files();
    try_processes();
    try_calls();
    if (gains == 0) printf("nothing gained");
    fflush(stdout);
    return 3;
}
