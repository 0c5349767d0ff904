#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "zygote.h"

static struct fork_request request;

// The message is a spec and its filter in one piece.
_Static_assert(offsetof(struct fork_request, filter) == sizeof(struct cb_spec), "one piece");

static void receive_request(void) {
    ssize_t count = cb_receive_fds(CB_FD_CONTROL, &request, offsetof(struct fork_request, fds),
                                   request.fds, CB_MAXIMUM_FDS, &request.fd_count);
    size_t filter_bytes = (size_t)request.spec.filter_length * sizeof(struct sock_filter);
    // The warden has closed its end or sent an invalid request; the zygote is of no more use.
    if (count <= 0 || request.spec.magic != CB_MAGIC ||
        (size_t)count != sizeof(struct cb_spec) + filter_bytes || request.spec.filter_length == 0 ||
        request.fd_count < CB_FORK_CGROUP)
        _exit(0);
}

static void call(void (*hook)(void)) {
    if (hook) hook();
}

// A sandbox that is made for one job has its program already; a pool's sandbox gets it later.
static int is_program_there(void) {
    struct pollfd polled = {.fd = CB_FD_JOB, .events = POLLIN};
    return poll(&polled, 1, 0) > 0;
}

// Moves the listener out of the way of `prewarm`, which makes the interpreter's descriptors again.
static int keep_apart(int listener, int first_free_descriptor) {
    if (listener >= first_free_descriptor) return listener;
    const int moved = fcntl(listener, F_DUPFD_CLOEXEC, first_free_descriptor);
    // With so few descriptors allowed prewarm fails, too, and reports it.
    if (moved < 0) return listener;
    close(listener);
    return moved;
}

// Sends the listener along, by which the warden learns of the job's end before it happens.
static void tell_ready(int listener) {
    const struct cb_note ready = {.kind = CB_NOTE_READY, .at_ns = cb_now_ns()};
    if (cb_send_fds(CB_FD_CONTROL, &ready, sizeof ready, &listener, 1) < 0) _exit(1);
    close(listener);
}

static void become_job(const struct cb_zygote_hooks *hooks, struct cb_program *program) {
    CB_TAKE_STEP(request.fds[CB_FORK_CONTROL], CB_STEP_CANARY, cb_renew_canary());
    call(hooks->after_fork_in_child);
    const int entered = enter_sandbox(&request, hooks->sizes_heap);
    const int listener = keep_apart(entered, hooks->first_free_descriptor);
    if (!is_program_there()) call(hooks->prewarm);
    tell_ready(listener);

    struct cb_received received;
    cb_receive_program(CB_FD_JOB, CB_FD_CONTROL, &received);
    if (!(received.flags & CB_JOB_MAY_FORK)) {
        // The interpreter has handled and ignored signals, which the program must not inherit.
        CB_TAKE_STEP(CB_FD_CONTROL, CB_STEP_SIGNALS, cb_reset_signals());
        cb_exec_program(&received, CB_FD_CONTROL);
    }
    *program = (struct cb_program){.arguments = received.arguments,
                                   .environment = received.environment,
                                   .argument_count = received.argument_count,
                                   .environment_count = received.environment_count};
    cb_send_plain_note(CB_FD_CONTROL, CB_NOTE_STARTED);
    close(CB_FD_JOB);
    close(CB_FD_CONTROL);
    if (hooks->sizes_heap) close(CB_FD_HEAP);
}

void cb_zygote_serve(const struct cb_zygote_hooks *hooks, struct cb_program *program) {
    // No process may read or trace the zygote, whatever its uid.
    prctl(PR_SET_DUMPABLE, 0);
    cb_send_plain_note(CB_FD_CONTROL, CB_NOTE_READY);
    for (;;) {
        receive_request();
        call(hooks->before_fork);
        if (fork_into(&request)) {
            become_job(hooks, program);
            return;
        }
        call(hooks->after_fork_in_parent);
        for (int i = 0; i < request.fd_count; i++) close(request.fds[i]);
    }
}

_Noreturn void cb_zygote_exit(int status) {
    // The warden kills this process during the call. The call fails if the warden has ended.
    syscall(SYS_exit_group, CB_EXIT_MARK | (status & 0xff));
    _exit(status & 0xff);
}
