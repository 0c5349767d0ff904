// getifaddrs(3) and if_nameindex(3) for processes that may not open netlink sockets. libc's own
// versions ask the kernel by netlink and have no other way. The ones here call libc's and, if the
// kernel refuses the socket, take their answer from /proc/net and ioctls.
//
// And socket(2) and socketpair(2), which no signal may interrupt.
//
// The object `codebox-interfaces` consists of this alone: a sandbox has it for the programs that
// are exec'ed. The zygotes' objects contain it, too, for the programs that are forked.
#pragma once

#include <ifaddrs.h>
#include <net/if.h>
#include <sys/socket.h>

// As libc's headers declare them; these definitions take the place of libc's.
extern __attribute__((visibility("default"))) int getifaddrs(struct ifaddrs **list);
extern __attribute__((visibility("default"))) struct if_nameindex *if_nameindex(void);
extern __attribute__((visibility("default"))) int socket(int family, int type, int protocol);
extern __attribute__((visibility("default"))) int socketpair(int family, int type, int protocol,
                                                             int pair[2]);
