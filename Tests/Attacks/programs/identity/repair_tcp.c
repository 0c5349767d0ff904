// attack: Uses socket options that change what other processes of the network see.
// layer: capabilities: no CAP_NET_ADMIN in the network namespace
// second: the network namespace has no other process
// off: capabilities
// sites: rootless guest
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include "attack.h"

int main(void) {
    int one = 1, high = 7;
    int tcp = socket(AF_INET, SOCK_STREAM, 0);
    refused("TCP_REPAIR", setsockopt(tcp, IPPROTO_TCP, TCP_REPAIR, &one, sizeof one), 0);
    refused("IP_TRANSPARENT", setsockopt(tcp, IPPROTO_IP, 19, &one, sizeof one), 0);
    refused("SO_PRIORITY", setsockopt(tcp, SOL_SOCKET, SO_PRIORITY, &high, sizeof high), EPERM);
    refused("SO_MARK", setsockopt(tcp, SOL_SOCKET, 36, &one, sizeof one), 0);
    refused("SO_RCVBUFFORCE", setsockopt(tcp, SOL_SOCKET, 33, &one, sizeof one), 0);
    return end();
}
