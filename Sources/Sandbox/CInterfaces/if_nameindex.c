#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "interfaces.h"

// As libc makes it: each name is a block of its own, and if_freenameindex() frees them.
static struct if_nameindex *name(const struct interface *list, int count) {
    struct if_nameindex *named = calloc((size_t)count + 1, sizeof *named);
    for (int i = 0; named && i < count; i++) {
        named[i] = (struct if_nameindex){list[i].index, strdup(list[i].name)};
        if (named[i].if_name) continue;
        named[i].if_index = 0;
        if_freenameindex(named);
        named = NULL;
    }
    return named;
}

struct if_nameindex *if_nameindex(void) {
    struct if_nameindex *(*libcs)(void);
    *(void **)&libcs = dlsym(RTLD_NEXT, "if_nameindex");
    struct if_nameindex *named = libcs ? libcs() : NULL;
    if (named || (libcs && !is_netlink_refused(errno))) return named;

    const int socket = open_interfaces();
    if (socket < 0) return NULL;
    struct interface *list = NULL;
    const int count = list_interfaces(socket, &list);
    if (count >= 0) named = name(list, count);
    free(list);
    close(socket);
    // What if_nameindex(3) names for a want of memory.
    if (!named) errno = ENOBUFS;
    return named;
}
