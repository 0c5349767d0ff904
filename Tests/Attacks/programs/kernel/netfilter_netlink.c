// attack: Speaks to nf_tables, whose bugs gave root (CVE-2022-34918, CVE-2023-32233, CVE-2024-1086).
// layer: seccomp refuses netlink sockets
// second: no CAP_NET_ADMIN
// off: seccomp
#include <sys/socket.h>

#include "attack.h"

int main(void) {
    for (int protocol = 0; protocol < 23; protocol++) {
        int handle = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol);
        if (handle < 0 && errno == EPROTONOSUPPORT) continue;
        refused("netlink", handle, EAFNOSUPPORT);
    }
    return end();
}
