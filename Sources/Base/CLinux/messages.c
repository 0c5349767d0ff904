#include <errno.h>
#include <linux/filter.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "CLinux.h"

static ssize_t send_parts(int socket, const struct iovec *parts, size_t part_count, const int *fds,
                          int fd_count) {
    if (fd_count > CB_MAXIMUM_FDS) return -EINVAL;
    union {
        char bytes[CMSG_SPACE(sizeof(int) * CB_MAXIMUM_FDS)];
        struct cmsghdr align;
    } control = {0};
    struct msghdr message = {.msg_iov = (struct iovec *)parts, .msg_iovlen = part_count};
    if (fd_count > 0) {
        message.msg_control = control.bytes;
        message.msg_controllen = CMSG_SPACE(sizeof(int) * (size_t)fd_count);
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sizeof(int) * (size_t)fd_count);
        memcpy(CMSG_DATA(header), fds, sizeof(int) * (size_t)fd_count);
    }
    ssize_t sent;
    do sent = sendmsg(socket, &message, MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    return sent < 0 ? -errno : sent;
}

ssize_t cb_send_fds(int socket, const void *bytes, size_t count, const int *fds, int fd_count) {
    const struct iovec part = {.iov_base = (void *)bytes, .iov_len = count};
    return send_parts(socket, &part, 1, fds, fd_count);
}

ssize_t cb_receive_fds(int socket, void *bytes, size_t capacity, int *fds, int fd_capacity,
                       int *fd_count) {
    *fd_count = 0;
    union {
        char bytes[CMSG_SPACE(sizeof(int) * CB_MAXIMUM_FDS)];
        struct cmsghdr align;
    } control;
    struct iovec vector = {.iov_base = bytes, .iov_len = capacity};
    struct msghdr message = {.msg_iov = &vector,
                             .msg_iovlen = 1,
                             .msg_control = control.bytes,
                             .msg_controllen = sizeof control.bytes};
    ssize_t received;
    do received = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    while (received < 0 && errno == EINTR);
    if (received < 0) return -errno;
    for (struct cmsghdr *header = CMSG_FIRSTHDR(&message); header;
         header = CMSG_NXTHDR(&message, header)) {
        if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) continue;
        int count = (int)((header->cmsg_len - CMSG_LEN(0)) / sizeof(int));
        for (int i = 0; i < count; i++) {
            int fd;
            memcpy(&fd, CMSG_DATA(header) + sizeof(int) * (size_t)i, sizeof fd);
            if (*fd_count < fd_capacity) fds[(*fd_count)++] = fd;
            else close(fd);
        }
    }
    return received;
}

int cb_send_spec(int socket, struct cb_spec *spec, const char *rootfs, const void *filter,
                 size_t filter_bytes, const int *fds, int fd_count) {
    if (strlen(rootfs) >= sizeof spec->rootfs) return -ENAMETOOLONG;
    spec->magic = CB_MAGIC;
    memset(spec->rootfs, 0, sizeof spec->rootfs);
    memcpy(spec->rootfs, rootfs, strlen(rootfs));
    spec->filter_length = (uint32_t)(filter_bytes / sizeof(struct sock_filter));
    const struct iovec parts[] = {{.iov_base = spec, .iov_len = sizeof *spec},
                                  {.iov_base = (void *)filter, .iov_len = filter_bytes}};
    ssize_t sent = send_parts(socket, parts, 2, fds, fd_count);
    return sent < 0 ? (int)sent : 0;
}

int cb_send_zygote_spec(int socket, struct cb_zygote_spec *spec, const char *rootfs,
                        const void *filter, size_t filter_bytes, const void *strings) {
    if (strlen(rootfs) >= sizeof spec->rootfs) return -ENAMETOOLONG;
    spec->magic = CB_MAGIC;
    memset(spec->rootfs, 0, sizeof spec->rootfs);
    memcpy(spec->rootfs, rootfs, strlen(rootfs));
    spec->filter_length = (uint32_t)(filter_bytes / sizeof(struct sock_filter));
    const struct iovec parts[] = {{.iov_base = spec, .iov_len = sizeof *spec},
                                  {.iov_base = (void *)filter, .iov_len = filter_bytes},
                                  {.iov_base = (void *)strings, .iov_len = spec->string_bytes}};
    ssize_t sent = send_parts(socket, parts, 3, NULL, 0);
    return sent < 0 ? (int)sent : 0;
}

void cb_refuse_descriptors(int socket) {
    enum { CB_SO_PASSRIGHTS = 83 };
    const int no = 0;
    (void)setsockopt(socket, SOL_SOCKET, CB_SO_PASSRIGHTS, &no, sizeof no);
}

int cb_peer_uid(int socket, uint32_t *uid) {
    struct ucred credentials;
    socklen_t length = sizeof credentials;
    if (getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &credentials, &length) < 0) return -errno;
    *uid = credentials.uid;
    return 0;
}
