#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "codebox_clone.h"
#include "zygote.h"

// A zygote may not enter a sandbox itself: a user namespace can't be left again. So it forks twice.
// First a go-between that shares its memory and stands still for it (CLONE_VM | CLONE_VFORK), which
// costs no page table; that one enters, and forks the job's process as libc's fork does, from what
// it takes for the zygote's own main thread. The go-between's end makes the job's process a child
// of the warden, the nearest subreaper, and of nobody in the sandbox.

enum { STACK_BYTES = 64 << 10 };
static _Alignas(16) char stack[STACK_BYTES];
static jmp_buf origin;

static void tell_failure(const struct fork_request *request, enum cb_step step, int index) {
    struct cb_note note = {
        .kind = CB_NOTE_FAILED, .step = step, .index = index, .error = errno, .at_ns = cb_now_ns()};
    // The warden is gone if it can't be sent; so will we be.
    (void)!write(request->fds[CB_FORK_CONTROL], &note, sizeof note);
}

static int join_cgroup_v1(const struct fork_request *request) {
    for (int i = CB_FORK_CGROUP; i < request->fd_count; i++)
        if (write(request->fds[i], "0", 1) != 1) return -1;
    return 0;
}

static int tell_forked(const struct fork_request *request, pid_t job) {
    int pidfd = cb_open_process(job);
    if (pidfd < 0) {
        errno = -pidfd;
        return -1;
    }
    struct cb_note note = {.kind = CB_NOTE_FORKED, .status = job, .at_ns = cb_now_ns()};
    ssize_t sent = cb_send_fds(request->fds[CB_FORK_CONTROL], &note, sizeof note, &pidfd, 1);
    if (sent < 0) errno = (int)-sent;
    return sent < 0 ? -1 : 0;
}

// On a stack of its own, in the zygote's memory.
static int go_between(void *argument) {
    const struct fork_request *request = argument;
    if (!request->spec.cgroup_leaf && join_cgroup_v1(request) < 0) {
        tell_failure(request, CB_STEP_CGROUP_JOIN, 0);
        return 1;
    }
    int init = request->fds[CB_FORK_INIT];
    if (syscall(SYS_setns, init, CLONE_NEWUSER | CLONE_NEWPID) < 0) {
        tell_failure(request, CB_STEP_ENTER, 0);
        return 1;
    }
    pid_t job = fork();
    // Back to the zygote's own stack, whose frames the child has a copy of.
    if (job == 0) longjmp(origin, 1);
    if (job < 0) {
        tell_failure(request, CB_STEP_ZYGOTE_FORK, 0);
        return 1;
    }
    if (tell_forked(request, job) < 0) {
        kill(job, SIGKILL);
        tell_failure(request, CB_STEP_ZYGOTE_FORK, 1);
        return 1;
    }
    return 0;
}

int fork_into(const struct fork_request *request) {
    if (setjmp(origin) != 0) return 1;
    struct clone_args args = {
        .flags = CLONE_VM | CLONE_VFORK,
        .stack = (uint64_t)(uintptr_t)stack,
        .stack_size = sizeof stack,
    };
    if (request->spec.cgroup_leaf) {
        args.flags |= CLONE_INTO_CGROUP;
        args.cgroup = (uint64_t)request->fds[request->fd_count - 1];
    }
    long gone = cb_clone3(&args, go_between, (void *)request);
    if (gone < 0) {
        errno = (int)-gone;
        tell_failure(request, CB_STEP_ZYGOTE_FORK, 2);
        return 0;
    }
    // __WALL: its end sends no signal, which an interpreter might take for that of a child of its own.
    while (waitpid((pid_t)gone, NULL, __WALL) < 0 && errno == EINTR) continue;
    return 0;
}
