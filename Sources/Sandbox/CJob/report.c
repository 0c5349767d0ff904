#include <errno.h>
#include <unistd.h>

#include "CJob.h"

int cb_index = 0;

void cb_send_note(int fd, const struct cb_note *note) {
    ssize_t written;
    do written = write(fd, note, sizeof *note);
    while (written < 0 && errno == EINTR);
    // The warden has ended, so the sandbox ends, too.
    if (written != (ssize_t)sizeof *note) _exit(1);
}

void cb_send_plain_note(int fd, enum cb_note_kind kind) {
    struct cb_note note = {.kind = kind, .at_ns = cb_now_ns()};
    cb_send_note(fd, &note);
}

_Noreturn void cb_fail(int fd, enum cb_step step) {
    struct cb_note note = {.kind = CB_NOTE_FAILED,
                           .step = step,
                           .index = cb_index,
                           .error = errno,
                           .at_ns = cb_now_ns()};
    cb_send_note(fd, &note);
    _exit(1);
}
