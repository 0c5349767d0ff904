// attack: Sends urgent bytes, by TCP and by local sockets (CVE-2025-38236).
// layer: seccomp, by the flag
// second: none
// off: seccomp
#include <sys/socket.h>

#include "attack.h"

int main(void) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) < 0) return 1;
    struct iovec part = {"x", 1};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    refused("send", send(ends[0], "x", 1, MSG_OOB), 0);
    refused("sendmsg", sendmsg(ends[0], &message, MSG_OOB), 0);
    return end();
}
