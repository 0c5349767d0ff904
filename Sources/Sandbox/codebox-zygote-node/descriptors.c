// Records what node's event loops wait on: epoll sets, wake-ups (eventfd) and pipes.
#include "descriptors.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "CWire.h"
#include "real.h"
#include "zygote_node.h"

struct descriptor descriptors[MAXIMUM_NUMBER];

static struct descriptor *find(int number) {
    return number >= 0 && number < MAXIMUM_NUMBER ? &descriptors[number] : NULL;
}

// Needs no lock: node makes its loops one after the other, on one thread or while that thread
// waits.
static void remember(int number, enum kind kind, int flags) {
    if (number < 0 || phase >= PHASE_JOB) return;
    if (number >= MAXIMUM_NUMBER) give_up("it has too many", "descriptors");
    // These are the numbers of a child's own sockets when it makes this descriptor again.
    if (number < CB_FD_FIRST_FREE) give_up("it was started without", "its first descriptors");
    descriptors[number] = (struct descriptor){.kind = kind, .flags = flags};
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
        descriptors[ends[0]].other_end = ends[1];
        descriptors[ends[1]].other_end = ends[0];
        descriptors[ends[1]].is_write_end = true;
    }
    return result;
}

void forget_descriptor(int number) {
    // From the fork until the renewal, other descriptors have these numbers, and CodeBox closes
    // them.
    struct descriptor *descriptor = phase != PHASE_SERVING ? find(number) : NULL;
    // Written only if needed, so that a job copies no page: most of its numbers are not recorded.
    if (descriptor && (descriptor->kind != OTHER || descriptor->watched_by != 0))
        *descriptor = (struct descriptor){0};
}

INTERPOSED int close(int number) {
    forget_descriptor(number);
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

// Whether a helper's loop goes on. If not, the helper was parked, and is in its second life.
static bool await_in_zygote(int set, int timeout) {
    struct pollfd polled[] = {{.fd = set, .events = POLLIN},
                              {.fd = helper_stop_event(), .events = POLLIN}};
    if (poll(polled, 2, timeout) <= 0 || polled[0].revents) return true;
    for (int number = 0; number < MAXIMUM_NUMBER; number++)
        if (descriptors[number].watched_by == set) descriptors[number].wakes_helper = true;
    park_for_descriptors(timeout >= 0);
    return false;
}

INTERPOSED int epoll_pwait(int set, struct epoll_event *events, int count, int timeout,
                           const sigset_t *mask) {
    if (is_helper_in_zygote() && await_in_zygote(set, timeout)) timeout = 0;
    return real.epoll_pwait(set, events, count, timeout, mask);
}

INTERPOSED ssize_t write(int number, const void *bytes, size_t count) {
    struct descriptor *descriptor = find(number);
    if (descriptor && descriptor->wakes_helper) wake_waiters_on_descriptors();
    return real.write(number, bytes, count);
}
