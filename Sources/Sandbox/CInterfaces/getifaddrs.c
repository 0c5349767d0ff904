#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <netpacket/packet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "interfaces.h"

union address {
    struct sockaddr any;
    struct sockaddr_ll link;
    struct sockaddr_in in;
    struct sockaddr_in6 in6;
};

// freeifaddrs() frees one block, which begins with the first of the list.
struct entry {
    struct ifaddrs listed;
    union address address;
    union address netmask;
    union address other;  // broadcast or point-to-point
    struct rtnl_link_stats statistics;
    char name[IF_NAMESIZE];
};

struct entries {
    struct entry *first;
    size_t count;
    size_t capacity;
};

static struct entry *add(struct entries *entries, const char *name, unsigned flags) {
    if (entries->count == entries->capacity) {
        const size_t capacity = entries->capacity ? 2 * entries->capacity : 8;
        struct entry *grown = realloc(entries->first, capacity * sizeof *grown);
        if (!grown) return NULL;
        entries->first = grown;
        entries->capacity = capacity;
    }
    struct entry *entry = &entries->first[entries->count++];
    memset(entry, 0, sizeof *entry);
    strncpy(entry->name, name, sizeof entry->name - 1);
    entry->listed.ifa_flags = flags;
    return entry;
}

static int add_link(int socket, const struct interface *interface, struct entries *entries) {
    struct entry *entry = add(entries, interface->name, interface->flags);
    if (!entry) return -1;
    struct ifreq request = {0};
    memcpy(request.ifr_name, interface->name, sizeof request.ifr_name);
    const bool has_address = ioctl(socket, SIOCGIFHWADDR, &request) == 0;
    entry->address.link =
        (struct sockaddr_ll){.sll_family = AF_PACKET,
                             .sll_ifindex = (int)interface->index,
                             .sll_hatype = has_address ? request.ifr_hwaddr.sa_family : 0,
                             .sll_halen = has_address ? 6 : 0};
    memcpy(entry->address.link.sll_addr, request.ifr_hwaddr.sa_data, 6);
    entry->other = entry->address;
    memset(entry->other.link.sll_addr, interface->flags & IFF_BROADCAST ? 0xff : 0, 6);
    entry->statistics = interface->statistics;
    return 0;
}

static unsigned flags_of(const char *name, const struct interface *list, int count) {
    for (int i = 0; i < count; i++) {
        const size_t length = strlen(list[i].name);
        // An address may have a label, such as eth0:1.
        if (strncmp(name, list[i].name, length) == 0 && (name[length] == 0 || name[length] == ':'))
            return list[i].flags;
    }
    return 0;
}

// Asks for another address that belongs to the one in the request.
static union address ask(int socket, struct ifreq request, unsigned long call) {
    union address answer = {.in6 = {0}};
    if (ioctl(socket, call, &request) == 0) answer.any = request.ifr_addr;
    return answer;
}

static int add_ipv4(int socket, const struct interface *list, int count, struct entries *entries) {
    struct ifconf found = {0};
    // Without a buffer, the call tells how many bytes there are.
    if (ioctl(socket, SIOCGIFCONF, &found) < 0) return -1;
    found.ifc_buf = malloc((size_t)found.ifc_len + 1);
    if (!found.ifc_buf || ioctl(socket, SIOCGIFCONF, &found) < 0) found.ifc_len = -1;
    int result = found.ifc_len < 0 ? -1 : 0;
    const int addresses = found.ifc_len / (int)sizeof(struct ifreq);
    for (int i = 0; i < addresses && result == 0; i++) {
        const struct ifreq *named = &found.ifc_req[i];
        const unsigned flags = flags_of(named->ifr_name, list, count);
        struct entry *entry = add(entries, named->ifr_name, flags);
        if (!entry) result = -1;
        if (!entry) break;
        entry->address.any = named->ifr_addr;
        entry->netmask = ask(socket, *named, SIOCGIFNETMASK);
        entry->other = ask(socket, *named, flags & IFF_BROADCAST ? SIOCGIFBRDADDR : SIOCGIFDSTADDR);
    }
    free(found.ifc_buf);
    return result;
}

static bool read_digits(const char *digits, struct in6_addr *address) {
    for (size_t i = 0; i < sizeof address->s6_addr; i++) {
        unsigned byte;
        if (sscanf(digits + 2 * i, "%2x", &byte) != 1) return false;
        address->s6_addr[i] = (unsigned char)byte;
    }
    return true;
}

static int add_ipv6(const struct interface *list, int count, struct entries *entries) {
    FILE *file = fopen("/proc/net/if_inet6", "re");
    if (!file) return 0;  // a kernel without IPv6
    char line[128], digits[33], name[IF_NAMESIZE];
    unsigned index, prefix;
    int result = 0;
    while (result == 0 && fgets(line, sizeof line, file)) {
        struct sockaddr_in6 address = {.sin6_family = AF_INET6};
        if (sscanf(line, "%32s %x %x %*x %*x %15s", digits, &index, &prefix, name) != 4 ||
            prefix > 128 || !read_digits(digits, &address.sin6_addr))
            continue;
        struct entry *entry = add(entries, name, flags_of(name, list, count));
        if (!entry) result = -1;
        if (!entry) break;
        if (IN6_IS_ADDR_LINKLOCAL(&address.sin6_addr)) address.sin6_scope_id = index;
        entry->address.in6 = address;
        entry->netmask.in6.sin6_family = AF_INET6;
        for (unsigned bit = 0; bit < prefix; bit++)
            entry->netmask.in6.sin6_addr.s6_addr[bit / 8] |= (unsigned char)(0x80 >> bit % 8);
    }
    fclose(file);
    return result;
}

// Links the entries, which no longer move.
static struct ifaddrs *chain(struct entries *entries) {
    for (size_t i = 0; i < entries->count; i++) {
        struct entry *entry = &entries->first[i];
        struct ifaddrs *listed = &entry->listed;
        listed->ifa_name = entry->name;
        listed->ifa_addr = &entry->address.any;
        if (entry->netmask.any.sa_family) listed->ifa_netmask = &entry->netmask.any;
        if (entry->other.any.sa_family) listed->ifa_broadaddr = &entry->other.any;
        if (entry->address.any.sa_family == AF_PACKET) listed->ifa_data = &entry->statistics;
        if (i + 1 < entries->count) listed->ifa_next = &entries->first[i + 1].listed;
    }
    return entries->count ? &entries->first->listed : NULL;
}

// In libc's order: the interfaces, their IPv4 addresses, their IPv6 addresses.
static int collect(int socket, struct entries *entries) {
    struct interface *list = NULL;
    const int count = list_interfaces(socket, &list);
    int result = count < 0 ? -1 : 0;
    for (int i = 0; i < count && result == 0; i++) result = add_link(socket, &list[i], entries);
    if (result == 0) result = add_ipv4(socket, list, count, entries);
    if (result == 0) result = add_ipv6(list, count, entries);
    free(list);
    return result;
}

int getifaddrs(struct ifaddrs **list) {
    int (*libcs)(struct ifaddrs **);
    *(void **)&libcs = dlsym(RTLD_NEXT, "getifaddrs");
    if (libcs && libcs(list) == 0) return 0;
    if (libcs && !is_netlink_refused(errno)) return -1;

    const int socket = open_interfaces();
    if (socket < 0) return -1;
    struct entries entries = {0};
    const int result = collect(socket, &entries);
    const int error = errno;
    close(socket);
    if (result == 0) *list = chain(&entries);
    else free(entries.first);
    errno = error;
    return result;
}
