// attack: Attaches a protocol to a TCP socket: TCP_ULP (CVE-2023-0461, CVE-2024-26583).
// layer: seccomp, by the option's number
// second: none
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include "attack.h"

int main(void) {
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(0x7f000001)};
    socklen_t length = sizeof address;
    if (bind(listener, (void *)&address, length) < 0 || listen(listener, 1) < 0) return 1;
    getsockname(listener, (void *)&address, &length);
    int client = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(client, (void *)&address, length) < 0) return 1;
    const char *names[] = {"tls", "smc", "espintcp"};
    for (size_t i = 0; i < 3; i++)
        refused(names[i], setsockopt(client, IPPROTO_TCP, TCP_ULP, names[i], strlen(names[i])),
                ENOPROTOOPT);
    return end();
}
