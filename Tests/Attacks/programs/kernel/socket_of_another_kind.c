// attack: Turns an IPv6 socket into an IPv4 one: IPV6_ADDRFORM (CVE-2022-3567).
// layer: seccomp, by the option's number
// second: none
#include <netinet/in.h>
#include <sys/socket.h>

#include "attack.h"

int main(void) {
    int six = socket(AF_INET6, SOCK_STREAM, 0), family = AF_INET;
    refused("ADDRFORM", setsockopt(six, IPPROTO_IPV6, 1, &family, sizeof family), ENOPROTOOPT);
    return end();
}
