#include <errno.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "zygote.h"

// A zygote can't enter a sandbox itself, since a process can't leave a user namespace again. So it
// forks twice. First it makes a go-between, which shares its memory while the zygote waits
// (cb_call_in_child) and so costs no page table. The go-between enters the sandbox and calls libc's
// fork, which takes it for the zygote's main thread. When the go-between ends, the job's process
// becomes a child of the warden, the nearest subreaper, and of no process in the sandbox. The
// go-between's end sends no signal: an interpreter might take that for the end of its own child.

enum { STACK_BYTES = 64 << 10 };
static _Alignas(16) char stack[STACK_BYTES];
static jmp_buf origin;

static void tell_failure(const struct fork_request *request, enum cb_step step, int index) {
    struct cb_note note = {
        .kind = CB_NOTE_FAILED, .step = step, .index = index, .error = errno, .at_ns = cb_now_ns()};
    // The write fails only if the warden has ended; the zygote then ends, too.
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

// Runs on another stack, in the zygote's memory.
static int go_between(void *argument) {
    const struct fork_request *request = argument;
    if (!request->spec.cgroup_leaf && join_cgroup_v1(request) < 0) {
        tell_failure(request, CB_STEP_CGROUP_JOIN, 0);
        return 1;
    }
    int init = request->fds[CB_FORK_INIT];
    // A network namespace that PID 1 was born in belongs to another user namespace of the zygote's
    // uid. The kernel checks all three against the rights of this process as it is now; from inside
    // the sandbox's user namespace there is no way into that one.
    const int network = request->spec.has_network ? CLONE_NEWNET : 0;
    if (syscall(SYS_setns, init, CLONE_NEWUSER | CLONE_NEWPID | network) < 0) {
        tell_failure(request, CB_STEP_ENTER, 0);
        return 1;
    }
    pid_t job = fork();
    // The child goes on with its copy of the zygote's own stack.
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
    const int leaf = request->spec.cgroup_leaf ? request->fds[request->fd_count - 1] : -1;
    const pid_t gone = cb_call_in_child(leaf, stack, sizeof stack, go_between, (void *)request);
    if (gone < 0) {
        errno = -gone;
        tell_failure(request, CB_STEP_ZYGOTE_FORK, 2);
        return 0;
    }
    while (waitpid(gone, NULL, __WALL) < 0 && errno == EINTR) continue;
    return 0;
}
