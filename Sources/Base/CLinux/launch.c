#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "CLinux.h"
#include "clone.h"

enum { LAUNCH_STACK_BYTES = 64 << 10, FIRST_FD = 3, LIFTED = 64, NOBODY = 65534 };

struct launch {
    const struct cb_launch *request;
    int error;
};

// From <linux/close_range.h>, which glibc's headers leave out.
enum { CB_CLOSE_RANGE_CLOEXEC = 4 };

static int lay_out(const struct cb_launch *request) {
    int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (null < 0 || dup2(null, STDIN_FILENO) < 0) return -1;
    for (int i = STDOUT_FILENO; request->output_fd >= 0 && i <= STDERR_FILENO; i++)
        if (dup2(request->output_fd, i) < 0) return -1;
    // Moved to high numbers first, so that no target overwrites a source.
    int lifted[CB_MAXIMUM_FDS];
    for (int i = 0; i < request->fd_count; i++) {
        lifted[i] = fcntl(request->fds[i], F_DUPFD_CLOEXEC, LIFTED);
        if (lifted[i] < 0) return -1;
    }
    for (int i = 0; i < request->fd_count; i++)
        if (dup2(lifted[i], FIRST_FD + i) < 0) return -1;
    return (int)syscall(SYS_close_range, FIRST_FD + request->fd_count, ~0u, CB_CLOSE_RANGE_CLOEXEC);
}

// Makes the image the root. The new mount namespace is a private copy, so nothing is mounted for
// any other process.
static int enter_image(const struct cb_launch *request) {
    if (request->root == NULL) return 0;
    if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0 || chdir(request->root) < 0 ||
        mount(request->workspace, "workspace", NULL, MS_BIND, NULL) < 0 || chroot(".") < 0 ||
        chdir("/workspace") < 0)
        return -1;
    // libc's functions would change the ids of all of the parent's threads, whose memory this is.
    if (geteuid() == 0 && (syscall(SYS_setgroups, 0, NULL) < 0 ||
                           syscall(SYS_setresgid, NOBODY, NOBODY, NOBODY) < 0 ||
                           syscall(SYS_setresuid, NOBODY, NOBODY, NOBODY) < 0))
        return -1;
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

static uint64_t namespaces(const struct cb_launch *request) {
    uint64_t flags = request->own_pids ? CLONE_NEWPID : 0;
    if (request->root != NULL) flags |= CLONE_NEWNS | (geteuid() == 0 ? 0 : CLONE_NEWUSER);
    return flags;
}

static void execute(const struct cb_launch *request) {
    struct sigaction standard = {.sa_handler = SIG_DFL};
    for (int number = 1; number < NSIG; number++) sigaction(number, &standard, NULL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execve(request->path, request->arguments, request->environment);
}

// Runs in the parent's memory; the parent's thread waits until the exec.
static int run(void *argument) {
    struct launch *launch = argument;
    const struct cb_launch *request = launch->request;
    // In its own process group, so that a terminal's Ctrl-C does not reach it.
    setpgid(0, 0);
    if (lay_out(request) == 0 && enter_image(request) == 0) execute(request);
    launch->error = errno;
    return 127;
}

int cb_launch_program(const struct cb_launch *request) {
    if (request->fd_count > CB_MAXIMUM_FDS) return -EINVAL;
    void *stack = mmap(NULL, LAUNCH_STACK_BYTES, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
    if (stack == MAP_FAILED) return -errno;
    struct launch launch = {.request = request};
    struct clone_args args = {
        .flags = CLONE_VM | CLONE_VFORK | CLONE_CLEAR_SIGHAND | namespaces(request),
        .exit_signal = SIGCHLD,
        .stack = (uint64_t)(uintptr_t)stack,
        .stack_size = LAUNCH_STACK_BYTES,
    };
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    long pid = cb_clone3(&args, run, &launch);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    munmap(stack, LAUNCH_STACK_BYTES);
    if (pid < 0) return (int)pid;
    if (launch.error == 0) return (int)pid;
    while (waitpid((pid_t)pid, NULL, 0) < 0 && errno == EINTR) continue;
    return -launch.error;
}

struct mapped_launch {
    const struct cb_launch *request;
    int gate;  // the child's end
    int ours;  // the parent's, which the child has a copy of
};

// Runs in a copy of the parent's memory, as a user without a name until the ids are mapped.
static int run_mapped(void *argument) {
    const struct mapped_launch *launch = argument;
    close(launch->ours);
    setpgid(0, 0);
    // Out of the way of the program's descriptors; the exec closes it.
    const int gate = fcntl(launch->gate, F_DUPFD_CLOEXEC, LIFTED + CB_MAXIMUM_FDS);
    if (gate < 0) return 127;
    char byte;
    ssize_t count;
    do count = read(gate, &byte, 1);
    while (count < 0 && errno == EINTR);
    // The parent has died, or could not have the ids mapped.
    if (count != 1) return 127;
    if (syscall(SYS_setgroups, 0, NULL) == 0 && syscall(SYS_setresgid, 0, 0, 0) == 0 &&
        syscall(SYS_setresuid, 0, 0, 0) == 0 && lay_out(launch->request) == 0)
        execute(launch->request);
    const int error = errno;
    // Nothing can be done if this fails: the parent then sees the child's end.
    if (write(gate, &error, sizeof error) < 0) return 127;
    return 127;
}

int cb_launch_unmapped(const struct cb_launch *request, int *gate) {
    if (request->fd_count > CB_MAXIMUM_FDS || request->root != NULL) return -EINVAL;
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0) return -errno;
    void *stack = mmap(NULL, LAUNCH_STACK_BYTES, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
    int result = stack == MAP_FAILED ? -errno : 0;
    if (result == 0) {
        struct mapped_launch launch = {.request = request, .gate = ends[1], .ours = ends[0]};
        struct clone_args args = {
            .flags = CLONE_CLEAR_SIGHAND | CLONE_NEWUSER | CLONE_NEWPID,
            .exit_signal = SIGCHLD,
            .stack = (uint64_t)(uintptr_t)stack,
            .stack_size = LAUNCH_STACK_BYTES,
        };
        sigset_t all, before;
        sigfillset(&all);
        pthread_sigmask(SIG_BLOCK, &all, &before);
        result = (int)cb_clone3(&args, run_mapped, &launch);
        pthread_sigmask(SIG_SETMASK, &before, NULL);
        munmap(stack, LAUNCH_STACK_BYTES);
    }
    close(ends[1]);
    if (result < 0) close(ends[0]);
    else *gate = ends[0];
    return result;
}

int cb_launch_mapped(pid_t pid, int gate, int is_mapped) {
    int error = 0;
    ssize_t count = -1;
    if (is_mapped && send(gate, "", 1, MSG_NOSIGNAL) == 1) {
        do count = read(gate, &error, sizeof error);
        while (count < 0 && errno == EINTR);
    }
    close(gate);
    // The end without an error: the program was executed.
    if (count == 0) return 0;
    while (waitpid(pid, NULL, 0) < 0 && errno == EINTR) continue;
    return count == sizeof error && error != 0 ? -error : -ECHILD;
}
