// attack: Takes loopback down, adds addresses and routes by ioctl.
// layer: capabilities: no CAP_NET_ADMIN
// second: seccomp refuses the requests
// sites: rootless guest
#include <net/if.h>
#include <net/route.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "attack.h"

int main(void) {
    int handle = socket(AF_INET, SOCK_DGRAM, 0);
    struct ifreq request = {.ifr_name = "lo"};
    struct rtentry route = {0};
    refused("flags", ioctl(handle, SIOCSIFFLAGS, &request), 0);
    refused("address", ioctl(handle, SIOCSIFADDR, &request), 0);
    refused("MTU", ioctl(handle, SIOCSIFMTU, &request), 0);
    refused("route", ioctl(handle, SIOCADDRT, &route), 0);
    refused("bridge", ioctl(handle, 0x89a0, "codebox"), 0);
    refused("tunnel", ioctl(handle, 0x89f1, &request), 0);
    return end();
}
