// Makes descriptors again in a forked child, which may not share epoll sets, wake-ups or pipes with
// the zygote. The zygote's are closed in it and others made under the same numbers, which libuv
// uses. They contain what the zygote's contained: if node's memory says that a wake-up is pending,
// it is pending in the child, too.
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "descriptors.h"
#include "real.h"
#include "zygote_node.h"

static int first_free_number;

static bool is_readable(int number) {
    struct pollfd polled = {.fd = number, .events = POLLIN};
    return poll(&polled, 1, 0) == 1;
}

// Reads the count, since there is no other way to learn it, and writes it back.
static void note_count(int number, struct descriptor *descriptor) {
    uint64_t count;
    descriptor->count = 0;
    while (is_readable(number)) {
        if (real.read(number, &count, sizeof count) != sizeof count) break;
        descriptor->count += count;
    }
    if (descriptor->count > 0 &&
        real.write(number, &descriptor->count, sizeof descriptor->count) < 0)
        give_up("it can't have its wake-ups", "again");
    if (descriptor->count > 0 && descriptor->wakes_helper) wake_waiters_on_descriptors();
}

static void note_unread(int number, struct descriptor *descriptor) {
    descriptor->unread_bytes = 0;
    while (is_readable(number)) {
        const size_t room = sizeof descriptor->unread - descriptor->unread_bytes;
        ssize_t got = real.read(number, descriptor->unread + descriptor->unread_bytes, room);
        if (got <= 0) give_up("too much lies in", "its pipes");
        descriptor->unread_bytes += (size_t)got;
    }
    if (descriptor->unread_bytes > 0 &&
        real.write(descriptor->other_end, descriptor->unread, descriptor->unread_bytes) < 0)
        give_up("it can't have its pipes", "again");
}

int note_descriptors(void) {
    for (int number = 0; number < MAXIMUM_NUMBER; number++) {
        struct descriptor *descriptor = &descriptors[number];
        if (descriptor->kind == EVENT) note_count(number, descriptor);
        if (descriptor->kind == PIPE && !descriptor->is_write_end) note_unread(number, descriptor);
        if (descriptor->kind == OTHER && descriptor->watched_by != 0)
            give_up("it waits on", "a descriptor of a kind that can't be made again");
        if (descriptor->kind != OTHER) first_free_number = number + 1;
    }
    return first_free_number;
}

static void place(int made, int number, int flags) {
    if (made == number) return;
    if (made < 0 || dup3(made, number, flags & O_CLOEXEC) < 0)
        give_up("it can't have its descriptors", "again");
    real.close(made);
}

// Moves a descriptor to a number that node does not use.
static int move_away(int number) {
    int moved = fcntl(number, F_DUPFD_CLOEXEC, first_free_number);
    real.close(number);
    return moved;
}

static void make_pipe_again(int number, const struct descriptor *old) {
    int ends[2] = {-1, -1};
    real.pipe2(ends, old->flags);
    // The write end may have the number that the read end gets.
    if (ends[0] != number || ends[1] != old->other_end) ends[1] = move_away(ends[1]);
    place(ends[0], number, old->flags);
    place(ends[1], old->other_end, old->flags);
    if (old->unread_bytes > 0 &&
        real.write(old->other_end, old->unread, old->unread_bytes) != (ssize_t)old->unread_bytes)
        give_up("it can't have its pipes", "again");
}

// libuv's counts fit into an eventfd's initial value.
static int make_event_again(const struct descriptor *old) {
    return real.eventfd((unsigned)old->count, old->flags);
}

static void make_again(int number, const struct descriptor *old) {
    if (old->kind == EPOLL) {
        place(real.epoll_create1(old->flags), number, old->flags);
    } else if (old->kind == EVENT) {
        place(make_event_again(old), number, old->flags);
    } else if (old->kind == PIPE && !old->is_write_end) {
        make_pipe_again(number, old);
    }
}

void renew_descriptors(void) {
    for (int number = 0; number < MAXIMUM_NUMBER; number++)
        make_again(number, &descriptors[number]);
    for (int number = 0; number < MAXIMUM_NUMBER; number++) {
        struct descriptor *descriptor = &descriptors[number];
        if (descriptor->kind != OTHER && descriptor->watched_by != 0)
            real.epoll_ctl(descriptor->watched_by, EPOLL_CTL_ADD, number, &descriptor->watched_for);
    }
}
