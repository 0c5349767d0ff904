// attack: Opens a packet ring (CVE-2016-8655, CVE-2017-7308, CVE-2020-14386).
// layer: seccomp, by the family
// second: no CAP_NET_RAW
#include <sys/socket.h>

#include "attack.h"

int main(void) {
    refused("raw", socket(17, SOCK_RAW, 0x0300), EAFNOSUPPORT);
    refused("cooked", socket(17, SOCK_DGRAM, 0x0300), EAFNOSUPPORT);
    refused("XDP", socket(44, SOCK_RAW, 0), EAFNOSUPPORT);
    refused("raw IP", socket(AF_INET, SOCK_RAW, 1), EPERM);
    refused("raw IPv6", socket(AF_INET6, SOCK_RAW, 58), EPERM);
    return end();
}
