// What node's event loops wait on. A forked child may not share epoll sets, wake-ups or pipes with
// the zygote, so all of the zygote's are closed in it and others made, under the same numbers, by
// which libuv knows them.
#include <fcntl.h>
#include <string.h>
#include <sys/eventfd.h>

#include "codebox_protocol.h"
#include "real.h"
#include "zygote_node.h"

enum { MAXIMUM_NUMBER = 128, MAXIMUM_UNREAD = 16 };

enum kind { OTHER, EPOLL, EVENT, PIPE };

// By number.
static struct descriptor {
    enum kind kind;
    int flags;
    int other_end;  // PIPE
    bool is_write_end;
    size_t unread;  // PIPE, of the write end: bytes in it
    int watched_by;  // number of the epoll set, 0: none
    struct epoll_event watched_for;
    bool wakes_helper;
} table[MAXIMUM_NUMBER];

static struct descriptor *find(int number) {
    if (number < 0 || number >= MAXIMUM_NUMBER || table[number].kind == OTHER) return NULL;
    return &table[number];
}

// Node makes its loops one after the other, on one thread or while that one waits.
static void remember(int number, enum kind kind, int flags) {
    if (number < 0 || phase >= PHASE_JOB) return;
    if (number >= MAXIMUM_NUMBER) give_up("it has too many", "descriptors");
    // A child's own sockets are there when it makes this one again.
    if (number < CB_FD_FIRST_FREE) give_up("it was started without", "its first descriptors");
    table[number] = (struct descriptor){.kind = kind, .flags = flags};
}

INTERPOSED int epoll_create1(int flags) {
    int number = real.epoll_create1(flags);
    remember(number, EPOLL, flags);
    return number;
}

INTERPOSED int eventfd(unsigned value, int flags) {
    int number = real.eventfd(value, flags);
    remember(number, EVENT, flags);
    return number;
}

INTERPOSED int pipe2(int ends[2], int flags) {
    int result = real.pipe2(ends, flags);
    if (result == 0 && phase < PHASE_JOB) {
        remember(ends[0], PIPE, flags);
        remember(ends[1], PIPE, flags);
        table[ends[0]].other_end = ends[1];
        table[ends[1]].other_end = ends[0];
        table[ends[1]].is_write_end = true;
    }
    return result;
}

INTERPOSED int close(int number) {
    struct descriptor *descriptor = find(number);
    if (descriptor) descriptor->kind = OTHER;
    return real.close(number);
}

INTERPOSED int epoll_ctl(int set, int operation, int number, struct epoll_event *event) {
    int result = real.epoll_ctl(set, operation, number, event);
    struct descriptor *descriptor = phase < PHASE_JOB ? find(number) : NULL;
    if (result == 0 && descriptor) {
        descriptor->watched_by = operation == EPOLL_CTL_DEL ? 0 : set;
        if (event) descriptor->watched_for = *event;
    }
    return result;
}

INTERPOSED int epoll_pwait(int set, struct epoll_event *events, int count, int timeout,
                           const sigset_t *mask) {
    if (is_helper_in_zygote()) {
        for (int number = 0; number < MAXIMUM_NUMBER; number++)
            if (table[number].watched_by == set) table[number].wakes_helper = true;
        // Nothing is ever due for it in the zygote.
        park_for_descriptors();
    }
    return real.epoll_pwait(set, events, count, timeout, mask);
}

INTERPOSED ssize_t read(int number, void *bytes, size_t count) {
    ssize_t result = real.read(number, bytes, count);
    struct descriptor *descriptor = phase < PHASE_JOB ? find(number) : NULL;
    if (descriptor && descriptor->kind == PIPE && result > 0)
        table[descriptor->other_end].unread -= (size_t)result;
    return result;
}

INTERPOSED ssize_t write(int number, const void *bytes, size_t count) {
    struct descriptor *descriptor = find(number);
    if (descriptor && descriptor->wakes_helper) revive_waiters_on_descriptors();
    ssize_t result = real.write(number, bytes, count);
    if (descriptor && phase < PHASE_JOB && result > 0) descriptor->unread += (size_t)result;
    return result;
}

static void place(int made, int number, int flags) {
    if (made == number) return;
    if (made < 0 || dup3(made, number, flags & O_CLOEXEC) < 0)
        give_up("it can't have its descriptors", "again");
    real.close(made);
}

// One that nothing of node's will be at.
static int move_away(int number) {
    int last = MAXIMUM_NUMBER - 1;
    while (last > 0 && table[last].kind == OTHER) last--;
    int moved = fcntl(number, F_DUPFD_CLOEXEC, last + 1);
    real.close(number);
    return moved;
}

static void make_pipe_again(int read_end, int write_end, int flags) {
    // libuv's lock of its signal table is a byte in a pipe.
    static const char unread[MAXIMUM_UNREAD];
    const size_t count = table[write_end].unread;
    int ends[2] = {-1, -1};
    real.pipe2(ends, flags);
    // The one's number may be the other's to be.
    if (ends[0] != read_end || ends[1] != write_end) ends[1] = move_away(ends[1]);
    place(ends[0], read_end, flags);
    place(ends[1], write_end, flags);
    if (count == 0) return;
    if (count > sizeof unread || real.write(write_end, unread, count) != (ssize_t)count)
        give_up("it can't have its pipes", "again");
}

static void make_again(int number, const struct descriptor *old) {
    if (old->kind == EPOLL) {
        place(real.epoll_create1(old->flags), number, old->flags);
    } else if (old->kind == EVENT) {
        place(real.eventfd(0, old->flags), number, old->flags);
    } else if (old->kind == PIPE && !old->is_write_end) {
        make_pipe_again(number, old->other_end, old->flags);
    }
}

void renew_descriptors(void) {
    for (int number = 0; number < MAXIMUM_NUMBER; number++) make_again(number, &table[number]);
    for (int number = 0; number < MAXIMUM_NUMBER; number++) {
        struct descriptor *descriptor = &table[number];
        if (descriptor->kind != OTHER && descriptor->watched_by != 0)
            real.epoll_ctl(descriptor->watched_by, EPOLL_CTL_ADD, number, &descriptor->watched_for);
    }
}
