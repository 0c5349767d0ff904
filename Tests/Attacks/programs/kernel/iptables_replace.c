// attack: Overflows the firewall's tables by setsockopt (CVE-2021-22555).
// layer: seccomp refuses options of that level's number
// second: no CAP_NET_ADMIN
#include <netinet/in.h>
#include <sys/socket.h>

#include "attack.h"

int main(void) {
    int handle = socket(AF_INET, SOCK_STREAM, 0);
    char bytes[256] = {0};
    for (int option = 64; option < 100; option++) {
        refused("IPv4", setsockopt(handle, IPPROTO_IP, option, bytes, sizeof bytes), ENOPROTOOPT);
    }
    int six = socket(AF_INET6, SOCK_STREAM, 0);
    if (six >= 0)
        refused("IPv6", setsockopt(six, IPPROTO_IPV6, 64, bytes, sizeof bytes), ENOPROTOOPT);
    return end();
}
