// Error convention: a count or 0, or -1 with errno set.
#pragma once

#include <linux/if_link.h>
#include <stdbool.h>

#include "CInterfaces.h"

struct interface {
    char name[IF_NAMESIZE];
    unsigned index;
    unsigned flags;  // IFF_UP, IFF_LOOPBACK, …
    // Of what the kernel counts, /proc/net/dev has the sums.
    struct rtnl_link_stats statistics;
};

/// Opens the socket that the calls below ask.
int open_interfaces(void);
/// Puts all interfaces into memory that is the caller's to free, and returns their number.
int list_interfaces(int socket, struct interface **list);
/// Whether the error means that this process may not open netlink sockets.
bool is_netlink_refused(int error);
