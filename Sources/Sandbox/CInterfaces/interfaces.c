#include "interfaces.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

bool is_netlink_refused(int error) {
    return error == EAFNOSUPPORT;
}

int open_interfaces(void) {
    return socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
}

// Reads a line of /proc/net/dev: the name, eight sums of what came in, eight of what went out. The
// two lines that begin the file have no colon.
static bool read_line(const char *line, struct interface *interface) {
    const char *colon = strchr(line, ':');
    const char *name = line + strspn(line, " ");
    if (!colon || (size_t)(colon - name) >= sizeof interface->name) return false;
    memset(interface, 0, sizeof *interface);
    memcpy(interface->name, name, (size_t)(colon - name));
    struct rtnl_link_stats *of = &interface->statistics;
    const int count =
        sscanf(colon + 1, "%u %u %u %u %*u %u %u %u %u %u %u %u %*u %u %u %u", &of->rx_bytes,
               &of->rx_packets, &of->rx_errors, &of->rx_dropped, &of->rx_frame_errors,
               &of->rx_compressed, &of->multicast, &of->tx_bytes, &of->tx_packets, &of->tx_errors,
               &of->tx_dropped, &of->collisions, &of->tx_carrier_errors, &of->tx_compressed);
    return count >= 0;
}

static int ask(int socket, struct interface *interface) {
    struct ifreq request = {0};
    memcpy(request.ifr_name, interface->name, sizeof request.ifr_name);
    if (ioctl(socket, SIOCGIFINDEX, &request) < 0) return -1;
    interface->index = (unsigned)request.ifr_ifindex;
    if (ioctl(socket, SIOCGIFFLAGS, &request) < 0) return -1;
    interface->flags = (unsigned short)request.ifr_flags;
    // The call tells the lower half. Of the upper half, netlink tells that there is a carrier.
    enum { LOWER_UP = 1 << 16 };
    if (interface->flags & IFF_RUNNING) interface->flags |= LOWER_UP;
    return 0;
}

int list_interfaces(int socket, struct interface **list) {
    FILE *file = fopen("/proc/net/dev", "re");
    if (!file) return -1;
    char line[512];
    int count = 0, capacity = 0;
    *list = NULL;
    while (fgets(line, sizeof line, file)) {
        if (count == capacity) {
            capacity = capacity ? 2 * capacity : 4;
            void *grown = realloc(*list, (size_t)capacity * sizeof **list);
            if (!grown) goto failed;
            *list = grown;
        }
        // An interface that has gone since the line was written is left out.
        if (read_line(line, &(*list)[count]) && ask(socket, &(*list)[count]) == 0) count++;
    }
    fclose(file);
    return count;
failed:
    fclose(file);
    free(*list);
    errno = ENOMEM;
    return -1;
}
