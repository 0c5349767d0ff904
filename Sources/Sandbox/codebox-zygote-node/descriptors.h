// The descriptors that descriptors.c records in the zygote and renewal.c makes again in a child.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/epoll.h>

#include "CWire.h"

enum {
    MAXIMUM_NUMBER = CB_FD_HEAP,
    // libuv keeps one byte in a pipe as the lock of its signal table, and 16 bytes in another pipe
    // for each caught signal.
    MAXIMUM_UNREAD = 32,
};

enum kind { OTHER, EPOLL, EVENT, PIPE };

struct descriptor {
    enum kind kind;
    int flags;
    int other_end;  // PIPE
    bool is_write_end;
    uint64_t count;       // EVENT
    size_t unread_bytes;  // PIPE, at the end that is read from
    char unread[MAXIMUM_UNREAD];
    int watched_by;  // number of the epoll set; 0: none
    struct epoll_event watched_for;
    bool wakes_helper;
};

/// The descriptors, by their number.
extern struct descriptor descriptors[MAXIMUM_NUMBER];
