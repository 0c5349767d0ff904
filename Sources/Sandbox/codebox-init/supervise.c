#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "init.h"

// Forwards the notes of the job's process. Returns false once the pipe has closed: the process has
// exec'ed the program, or has died, which the caller learns by reaping it.
static int forward_notes(int notes, uint64_t *started) {
    struct cb_note note;
    ssize_t count;
    do count = read(notes, &note, sizeof note);
    while (count < 0 && errno == EINTR);
    if (count != (ssize_t)sizeof note) {
        if (*started) {
            struct cb_note began = {.kind = CB_NOTE_STARTED, .at_ns = *started};
            cb_send_note(CB_FD_CONTROL, &began);
        }
        return 0;
    }
    if (note.kind == CB_NOTE_STARTED) {
        // The program has started only when the pipe closes. Until then exec may still fail.
        *started = note.at_ns;
        return 1;
    }
    if (note.kind == CB_NOTE_FAILED) *started = 0;
    cb_send_note(CB_FD_CONTROL, &note);
    return 1;
}

static int open_child_signal(void) {
    sigset_t child_ended;
    sigemptyset(&child_ended);
    sigaddset(&child_ended, SIGCHLD);
    int signals = signalfd(-1, &child_ended, SFD_CLOEXEC | SFD_NONBLOCK);
    if (signals < 0) cb_fail(CB_FD_CONTROL, CB_STEP_FORK);
    return signals;
}

static void drain(int signals) {
    struct signalfd_siginfo drained;
    while (read(signals, &drained, sizeof drained) == (ssize_t)sizeof drained) continue;
}

_Noreturn void supervise_hollow(void) {
    struct pollfd polled[] = {{.fd = CB_FD_CONTROL, .events = POLLIN},
                              {.fd = open_child_signal(), .events = POLLIN}};
    for (;;) {
        if (poll(polled, 2, -1) < 0) {
            if (errno == EINTR) continue;
            _exit(1);
        }
        if (polled[0].revents) _exit(0);
        drain(polled[1].fd);
        // These are the job's orphans. The job's process is the warden's child.
        while (waitpid(-1, NULL, WNOHANG) > 0) continue;
    }
}

_Noreturn void supervise(int job, int notes) {
    int signals = open_child_signal();
    uint64_t started = 0;
    struct pollfd polled[] = {{.fd = CB_FD_CONTROL, .events = POLLIN},
                              {.fd = signals, .events = POLLIN},
                              {.fd = notes, .events = POLLIN}};
    for (;;) {
        if (poll(polled, 3, -1) < 0) {
            if (errno == EINTR) continue;
            _exit(1);
        }
        // The warden sends nothing after the spec, so an event means that it has closed its end.
        if (polled[0].revents) _exit(0);
        // Notes come before deaths, so that "started" never follows "ended".
        while (polled[2].fd >= 0 && (polled[2].revents || polled[1].revents)) {
            if (forward_notes(notes, &started)) {
                polled[2].revents = 0;
                if (!polled[1].revents) break;
                continue;
            }
            close(notes);
            polled[2].fd = -1;
        }
        if (polled[1].revents) {
            drain(signals);
            int status;
            pid_t ended;
            while ((ended = waitpid(-1, &status, WNOHANG)) > 0) {
                if (ended != job) continue;  // an orphan of the job
                struct cb_note note = {
                    .kind = CB_NOTE_ENDED, .status = status, .at_ns = cb_now_ns()};
                cb_send_note(CB_FD_CONTROL, &note);
                _exit(0);  // the kernel then kills all other processes of the job
            }
        }
    }
}
