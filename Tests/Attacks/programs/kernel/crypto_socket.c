// attack: Uses the kernel's own cryptography, whose modules any name loads (AF_ALG).
// layer: seccomp, by the family
// second: none: every process may elsewhere
#include <sys/socket.h>

#include "attack.h"

int main(void) {
    refused("AF_ALG", socket(38, SOCK_SEQPACKET, 0), EAFNOSUPPORT);
    refused("a pair", socketpair(38, SOCK_SEQPACKET, 0, (int[2]){0}), EAFNOSUPPORT);
    return end();
}
