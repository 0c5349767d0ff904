#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "init.h"

static int close_inherited(const struct cb_spec *spec, int notes) {
    // PID 1's own descriptors are CLOEXEC or closed before exec. All others are closed here.
    if (dup2(notes, CB_FD_FIRST_FREE) < 0) return -1;
    if (fcntl(CB_FD_FIRST_FREE, F_SETFD, FD_CLOEXEC) < 0) return -1;
    if (spec->tells_refusals) {
        // Until the listener is sent.
        if (fcntl(CB_FD_CONTROL, F_SETFD, FD_CLOEXEC) < 0) return -1;
    } else if (close(CB_FD_CONTROL) < 0) {
        return -1;
    }
    if (syscall(SYS_close_range, CB_FD_FIRST_FREE + 1, CB_FD_HEAP - 1, 0) < 0 ||
        syscall(SYS_close_range, CB_FD_HEAP + 1, ~0u, 0) < 0)
        return -1;
    // The warden gives no object if there is none.
    if (fcntl(CB_FD_HEAP, F_SETFD, FD_CLOEXEC) < 0 && errno != EBADF) return -1;
    return fcntl(CB_FD_JOB, F_SETFD, FD_CLOEXEC);
}

// Waits for a byte and not for the pipe's end, which would also come if PID 1 failed.
static int await_init(int go) {
    char byte;
    ssize_t count;
    do count = read(go, &byte, 1);
    while (count < 0 && errno == EINTR);
    if (count == 0) errno = EPROTO;
    return count == 1 ? 0 : -1;
}

// Sends the listener of this process's filter to the warden. PID 1 takes no descriptors.
static int send_listener(int listener) {
    struct cb_note ready = {.kind = CB_NOTE_READY, .at_ns = cb_now_ns()};
    struct iovec part = {.iov_base = &ready, .iov_len = sizeof ready};
    union {
        char bytes[CMSG_SPACE(sizeof(int))];
        struct cmsghdr header;
    } rights = {.header = {.cmsg_level = SOL_SOCKET,
                           .cmsg_type = SCM_RIGHTS,
                           .cmsg_len = CMSG_LEN(sizeof(int))}};
    memcpy(CMSG_DATA(&rights.header), &listener, sizeof listener);
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = rights.bytes,
                             .msg_controllen = sizeof rights.bytes};
    if (sendmsg(CB_FD_CONTROL, &message, MSG_NOSIGNAL) < 0) return -1;
    if (close(listener) < 0) return -1;
    return close(CB_FD_CONTROL);
}

#define STEP(step, call) CB_TAKE_STEP(notes, step, call)

_Noreturn void run_job(const struct cb_spec *spec, const void *filter, int notes, int go) {
    STEP(CB_STEP_SIGNALS, cb_reset_signals());
    cb_put_on_layers(spec, notes);
    STEP(CB_STEP_DROP_INIT, await_init(go));
    STEP(CB_STEP_CLOSE_FDS, close_inherited(spec, notes));
    notes = CB_FD_FIRST_FREE;
    if (spec->tells_refusals) {
        int listener = cb_install_telling_filter(spec, filter);
        STEP(CB_STEP_SECCOMP, listener);
        STEP(CB_STEP_SECCOMP, send_listener(listener));
    } else {
        STEP(CB_STEP_SECCOMP, cb_install_job_filter(spec, filter));
        cb_send_plain_note(notes, CB_NOTE_READY);
    }

    struct cb_received program;
    cb_receive_program(CB_FD_JOB, notes, &program);
    cb_exec_program(&program, notes);
}
