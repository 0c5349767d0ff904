#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "CLinux.h"
#include "clone.h"

enum { CHILD_STACK_BYTES = 64 << 10 };
// From <linux/close_range.h>, which glibc's headers leave out.
enum { CB_CLOSE_RANGE_UNSHARE = 2, CB_CLOSE_RANGE_CLOEXEC = 4 };

// Numbers in the warden's table that are reserved for the child's descriptors while the two share
// that table. They are low, so that the child then copies little of the table: a copy of all of it
// would cost as much as a network namespace in a warden with hundreds of sandboxes.
enum {
    STAGE_STDIN,
    STAGE_STDOUT,
    STAGE_STDERR,
    STAGE_CONTROL,
    STAGE_JOB,
    STAGE_INIT,
    STAGE_HEAP,
    STAGES
};
static int stage[STAGES];
static int null_fd = -1;

static int reserve_stage(void) {
    if (null_fd >= 0) return 0;
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (null < 0) return -errno;
    for (int i = 0; i < STAGES; i++) {
        // Above the numbers that the child's descriptors get at last.
        stage[i] = fcntl(null, F_DUPFD_CLOEXEC, CB_FD_FIRST_FREE);
        if (stage[i] >= 0) continue;
        int error = errno;
        while (i-- > 0) close(stage[i]);
        close(null);
        return -error;
    }
    null_fd = null;
    return 0;
}

// Closes the descriptors that a child has put there.
static void clear_stage(void) {
    for (int i = 0; i < STAGES; i++) dup3(null_fd, stage[i], O_CLOEXEC);
}

static unsigned after_stage(void) {
    int last = 0;
    for (int i = 0; i < STAGES; i++)
        if (stage[i] > last) last = stage[i];
    return (unsigned)last + 1;
}

// The capabilities that PID 1 needs to build the sandbox, in its own user namespace. It loses all
// others at exec. The last one is for user.max_user_namespaces. It raises no limit, since the
// kernel asks for it in the initial user namespace (setrlimit(2)). The warden lacks it, and with it
// zygotes and templates, which have no user namespace of their own.
static const int setup_capabilities[] = {CAP_SETUID,    CAP_SETGID,    CAP_SETPCAP,
                                         CAP_NET_ADMIN, CAP_SYS_ADMIN, CAP_SYS_RESOURCE};

static int keep_setup_capabilities(enum cb_spawn_role role) {
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct data[2] = {{0}};
    size_t count = sizeof setup_capabilities / sizeof *setup_capabilities;
    if (role != CB_SPAWN_INIT) count--;
    for (size_t i = 0; i < count; i++) {
        uint32_t bit = 1u << (setup_capabilities[i] & 31);
        struct __user_cap_data_struct *word = &data[setup_capabilities[i] >> 5];
        word->permitted |= bit;
        word->effective |= bit;
        word->inheritable |= bit;
    }
    if (syscall(SYS_capset, &header, data) < 0) return -1;
    for (size_t i = 0; i < count; i++)
        if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, setup_capabilities[i], 0, 0) < 0) return -1;
    return 0;
}

// Runs on its own stack in the parent's memory while the parent is suspended. It ends by exec or
// _exit.
static int child(void *argument) {
    struct cb_spawn *spawn = argument;
    spawn->failed_step = CB_STEP_CGROUP_JOIN;
    // cgroup v1: a process that writes "0" to `tasks` moves itself, without the wait for a grace
    // period (11-15 ms on an idle machine) that moving another process, or a thread group, takes.
    for (int i = 0; i < spawn->task_fd_count; i++)
        if (write(spawn->task_fds[i], "0", 1) != 1) return errno;

    spawn->failed_step = CB_STEP_DESCRIPTORS;
    const int sources[STAGES] = {
        [STAGE_STDIN] = spawn->stdin_fd,   [STAGE_STDOUT] = spawn->stdout_fd,
        [STAGE_STDERR] = spawn->stderr_fd, [STAGE_CONTROL] = spawn->control_fd,
        [STAGE_JOB] = spawn->job_fd,       [STAGE_INIT] = spawn->init_fd,
        [STAGE_HEAP] = spawn->heap_fd};
    for (int i = 0; i < STAGES; i++)
        if (sources[i] >= 0 && dup3(sources[i], stage[i], O_CLOEXEC) < 0) return errno;
    // From here on the child has its own table, without the warden's descriptors above these.
    if (syscall(SYS_close_range, after_stage(), ~0u, CB_CLOSE_RANGE_UNSHARE) < 0) return errno;
    for (int i = 0; i < CB_FD_FIRST_FREE; i++) {
        if (sources[i] < 0) close(i);
        else if (dup2(stage[i], i) < 0) return errno;
    }
    if (syscall(SYS_close_range, CB_FD_FIRST_FREE, ~0u, CB_CLOSE_RANGE_CLOEXEC) < 0) return errno;
    if (spawn->heap_fd >= 0 && dup2(stage[STAGE_HEAP], CB_FD_HEAP) < 0) return errno;

    spawn->failed_step = CB_STEP_AMBIENT;
    // The uid map is not written yet, so exec sees an ordinary user and would drop all
    // capabilities.
    if (keep_setup_capabilities(spawn->role) < 0) return errno;

    spawn->failed_step = CB_STEP_EXEC_INIT;
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    static char *const roles[] = {
        [CB_SPAWN_INIT] = NULL, [CB_SPAWN_ZYGOTE] = "zygote", [CB_SPAWN_TEMPLATE] = "template"};
    char *const arguments[] = {"codebox-init", roles[spawn->role], NULL};
    char *const environment[] = {NULL};
    syscall(SYS_execveat, stage[STAGE_INIT], "", arguments, environment, AT_EMPTY_PATH);
    return errno;
}

static uint64_t namespaces(enum cb_spawn_role role) {
    // A template's pid namespace ends with its one process; its /proc remains and shows no process.
    if (role == CB_SPAWN_TEMPLATE) return CLONE_NEWNS | CLONE_NEWPID;
    const uint64_t inner = CLONE_NEWNS | CLONE_NEWIPC | CLONE_NEWUTS;
    // PID 1 makes its network namespace itself, which takes as long as all the others. The warden
    // goes on meanwhile, and a zygote forks.
    return role == CB_SPAWN_ZYGOTE ? inner | CLONE_NEWNET : inner | CLONE_NEWPID | CLONE_NEWUSER;
}

// Calls clone3 in the template, so that the kernel copies its few mounts instead of all of the
// host's.
static long clone_from_template(const struct cb_spawn *spawn, struct clone_args *args) {
    if (spawn->template_fd < 0) return cb_clone3_as(spawn->owner, args, child, (void *)spawn);
    if (setns(spawn->template_fd, CLONE_NEWNS) < 0) return -errno;
    long pid = cb_clone3_as(spawn->owner, args, child, (void *)spawn);
    // A warden that can't return from the image to the host's mounts must not go on.
    if (setns(spawn->home_fd, CLONE_NEWNS) < 0 || fchdir(spawn->folder_fd) < 0) abort();
    return pid;
}

// Calls clone3 in the network namespace that the child is born in. The child has no rights there:
// the namespace belongs to another user namespace than the child's.
static long clone_in_network(const struct cb_spawn *spawn, struct clone_args *args) {
    if (spawn->network_fd < 0) return clone_from_template(spawn, args);
    if (setns(spawn->network_fd, CLONE_NEWNET) < 0) return -errno;
    long pid = clone_from_template(spawn, args);
    if (setns(spawn->home_network_fd, CLONE_NEWNET) < 0) abort();
    return pid;
}

int cb_spawn_init(struct cb_spawn *spawn, int *pidfd) {
    // One stack is enough, since the caller has one thread, which is suspended while the child uses
    // it.
    static _Alignas(16) char stack[CHILD_STACK_BYTES];
    spawn->failed_step = CB_STEP_CLONE;
    int reserved = reserve_stage();
    if (reserved < 0) return reserved;
    struct clone_args args = {
        .flags = CLONE_VM | CLONE_VFORK | CLONE_FILES | CLONE_PIDFD | CLONE_CLEAR_SIGHAND |
                 namespaces(spawn->role),
        .pidfd = (uint64_t)(uintptr_t)pidfd,
        .exit_signal = SIGCHLD,
        .stack = (uint64_t)(uintptr_t)stack,
        .stack_size = sizeof stack,
    };
    if (spawn->cgroup_fd >= 0) {
        args.flags |= CLONE_INTO_CGROUP;
        args.cgroup = (uint64_t)spawn->cgroup_fd;
    }
    sigset_t all, before;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &before);
    long pid = clone_in_network(spawn, &args);
    sigprocmask(SIG_SETMASK, &before, NULL);
    clear_stage();
    if (pid < 0) return (int)pid;
    // The child has exec'ed or exited by now. It exits only on failure, with its errno.
    int code = 0, status = 0;
    int ended = cb_reap(*pidfd, 0, &code, &status);
    if (ended == 1) {
        close(*pidfd);
        *pidfd = -1;
        return code == CLD_EXITED && status ? -status : -EIO;
    }
    spawn->failed_step = CB_STEP_NONE;
    return (int)pid;
}

int cb_seal_program(const char *path) {
    int source = open(path, O_RDONLY | O_CLOEXEC);
    if (source < 0) return -errno;
    int copy = memfd_create("codebox-init", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    int result = copy < 0 ? -errno : 0;
    char buffer[16384];
    ssize_t count;
    while (result == 0 && (count = read(source, buffer, sizeof buffer)) != 0) {
        if (count < 0 || write(copy, buffer, (size_t)count) != count)
            result = count < 0 ? -errno : -EIO;
    }
    if (result == 0 && fchmod(copy, 0555) < 0) result = -errno;
    if (result == 0 &&
        fcntl(copy, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) < 0)
        result = -errno;
    close(source);
    if (result < 0 && copy >= 0) close(copy);
    return result < 0 ? result : copy;
}
