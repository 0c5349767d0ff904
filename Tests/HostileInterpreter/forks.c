#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/eventfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "CLinux.h"
#include "hostile.h"

// More than any test asks for.
enum { MAXIMUM_REQUESTS = 10000 };

int serve_forks(hostile_fork *fork_job) {
    // A spec and its filter, of which only what comes with them matters here.
    static char request[64 << 10];
    signal(SIGPIPE, SIG_IGN);
    const struct cb_note ready = {.kind = CB_NOTE_READY, .at_ns = cb_now_ns()};
    if (cb_send_fds(CB_FD_CONTROL, &ready, sizeof ready, NULL, 0) < 0) return 1;
    for (int i = 0; i < MAXIMUM_REQUESTS; i++) {
        int fds[CB_MAXIMUM_FDS], count = 0;
        const ssize_t size =
            cb_receive_fds(CB_FD_CONTROL, request, sizeof request, fds, CB_MAXIMUM_FDS, &count);
        if (size <= 0 || count <= CB_FORK_CGROUP) return 0;
        fork_job(fds, count);
        for (int fd = 0; fd < count; fd++) close(fds[fd]);
    }
    return 0;
}

static void hand_in_eventfd(const int *fds, int count) {
    (void)count;
    // Readable from the start: whoever watches it has always something to do.
    int event = eventfd(1, EFD_CLOEXEC);
    const struct cb_note forked = {
        .kind = CB_NOTE_FORKED, .status = getpid(), .at_ns = cb_now_ns()};
    cb_send_fds(fds[CB_FORK_CONTROL], &forked, sizeof forked, &event, 1);
    close(event);
}

int play_eventfd(void) {
    return serve_forks(hand_in_eventfd);
}

// A child of its own, which may be moved: that shows that the files are what they are taken for.
static int move_a_child(const int *fds, int count) {
    const pid_t child = fork();
    if (child == 0) {
        int moved = 0;
        for (int i = CB_FORK_CGROUP; i < count; i++) moved += write(fds[i], "0", 1) == 1;
        _exit(moved);
    }
    int status = 0;
    return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status)
               ? WEXITSTATUS(status)
               : 0;
}

static void move_others(const int *fds, int count) {
    // Whoever is older: the warden, and sandboxes that are none of this zygote's. Each try holds
    // the kernel up for milliseconds.
    enum { LAST_PID = 64 };
    const int own = move_a_child(fds, count);
    int others = 0;
    for (pid_t pid = 1; pid < getpid() && pid <= LAST_PID; pid++) {
        char text[16];
        const int length = snprintf(text, sizeof text, "%d", pid);
        for (int i = CB_FORK_CGROUP; i < count; i++)
            others += write(fds[i], text, (size_t)length) == length;
    }
    dprintf(fds[CB_FORK_STDOUT], "own %d of %d, others %d\n", own, count - CB_FORK_CGROUP, others);
}

int play_moves(void) {
    return serve_forks(move_others);
}

static void lodge(const int *fds, int count) {
    for (int i = CB_FORK_CGROUP; i < count; i++) {
        if (fork() != 0) continue;
        setsid();
        if (write(fds[i], "0", 1) == 1) dprintf(fds[CB_FORK_STDOUT], "lodged\n");
        for (int fd = 0; fd < count; fd++) close(fds[fd]);
        stay();
    }
}

int play_lodgers(void) {
    return serve_forks(lodge);
}
