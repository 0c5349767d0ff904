// attack: Opens sockets of all families: each is code that few machines need (DCCP, TIPC, RDS, CAN).
// layer: seccomp allows four families
// second: most are not built into kernels, and modules are not loaded for a job
// off: seccomp
#include <sys/socket.h>

#include "attack.h"

int main(void) {
    for (int family = 0; family < 50; family++) {
        if (family == AF_UNIX || family == AF_INET || family == AF_INET6) continue;
        for (int type = 1; type <= 6; type++) refused("a socket", socket(family, type, 0), 0);
    }
    refused("DCCP", socket(AF_INET, 6, 33), ESOCKTNOSUPPORT);
    refused("SCTP", socket(AF_INET, SOCK_STREAM, 132), EPROTONOSUPPORT);
    refused("MPTCP", socket(AF_INET, SOCK_STREAM, 262), EPROTONOSUPPORT);
    refused("UDP-Lite", socket(AF_INET, SOCK_DGRAM, 136), EPROTONOSUPPORT);
    return end();
}
