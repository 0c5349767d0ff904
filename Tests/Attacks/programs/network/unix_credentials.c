// attack: Claims another uid or pid in the credentials of a message.
// layer: capabilities: the kernel checks credentials against the sender's
// second: ids are mapped to the namespace's
// off: capabilities
// sites: rootless guest
#include <sys/socket.h>

#include "attack.h"

int main(void) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_DGRAM, 0, ends) < 0) return 1;
    const struct ucred claims[] = {{1, 0, 0}, {getpid(), 0, 0}, {1, getuid(), getgid()}};
    for (size_t i = 0; i < sizeof claims / sizeof *claims; i++) {
        char room[CMSG_SPACE(sizeof claims[i])] = {0};
        struct iovec part = {"x", 1};
        struct msghdr message = {
            .msg_iov = &part, .msg_iovlen = 1, .msg_control = room, .msg_controllen = sizeof room};
        struct cmsghdr *head = CMSG_FIRSTHDR(&message);
        head->cmsg_level = SOL_SOCKET;
        head->cmsg_type = SCM_CREDENTIALS;
        head->cmsg_len = CMSG_LEN(sizeof claims[i]);
        memcpy(CMSG_DATA(head), &claims[i], sizeof claims[i]);
        // A namespace that has one id only does not know uid 0: EINVAL.
        refused("a claim", sendmsg(ends[0], &message, 0), claims[i].uid == getuid() ? EPERM : 0);
    }
    return end();
}
