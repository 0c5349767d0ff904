#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "CInterfaces.h"

// More signals in a row than a program can have that makes any progress.
enum { MOST_TRIES = 10000 };

// The warden is told of these calls before the kernel makes them. A signal that comes while the
// call waits for the warden ends it with EINTR, unless its handler has SA_RESTART. No kernel does
// that otherwise, so no program expects it. Nothing was made yet, and the call is made again.
static int again(long number, int family, int type, int protocol, int *pair) {
    const int before = errno;
    long result = -1;
    for (int i = 0; i < MOST_TRIES; i++) {
        result = syscall(number, family, type, protocol, pair);
        if (result >= 0 || errno != EINTR) break;
    }
    if (result >= 0) errno = before;
    return (int)result;
}

int socket(int family, int type, int protocol) {
    return again(SYS_socket, family, type, protocol, NULL);
}

int socketpair(int family, int type, int protocol, int pair[2]) {
    return again(SYS_socketpair, family, type, protocol, pair);
}
