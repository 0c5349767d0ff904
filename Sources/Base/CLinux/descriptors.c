#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "CLinux.h"

int cb_pipe(int ends[2]) {
    return pipe2(ends, O_CLOEXEC) < 0 ? -errno : 0;
}

int cb_accept(int listener) {
    int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    return fd < 0 ? -errno : fd;
}

int cb_memory_file(const char *name) {
    int fd = memfd_create(name, MFD_CLOEXEC);
    return fd < 0 ? -errno : fd;
}

int cb_readable_bytes(int fd) {
    int count = 0;
    return ioctl(fd, FIONREAD, &count) < 0 ? -errno : count;
}

int cb_describe(int descriptor, struct cb_file_status *status) {
    struct stat info;
    if (fstat(descriptor, &info) != 0) return -errno;
    *status = (struct cb_file_status){
        .device = info.st_dev,
        .inode = info.st_ino,
        .links = info.st_nlink,
        .size = info.st_size,
        .mode = info.st_mode,
        .uid = info.st_uid,
    };
    return 0;
}

int cb_open_place(int folder, const char *name, int follows) {
    int fd = openat(folder, name, O_PATH | O_CLOEXEC | (follows ? 0 : O_NOFOLLOW));
    return fd < 0 ? -errno : fd;
}

int cb_open_confined(const char *folder) {
    enum { CB_OPEN_TREE_CLONE = 1 };
    int tree = (int)syscall(SYS_open_tree, AT_FDCWD, folder, CB_OPEN_TREE_CLONE | O_CLOEXEC);
    return tree < 0 ? -errno : tree;
}

int cb_reopen_as(uid_t uid, const int *fds, int count, int *opened) {
    const uid_t own = geteuid();
    if (uid != (uid_t)-1 && syscall(SYS_setresuid, -1, uid, -1) < 0) return -errno;
    int done = 0, error = 0;
    for (; done < count && error == 0; done++) {
        char path[32];
        snprintf(path, sizeof path, "/proc/self/fd/%d", fds[done]);
        opened[done] = open(path, O_WRONLY | O_CLOEXEC);
        if (opened[done] < 0) error = errno;
    }
    // A process that can't return to its uid must not go on.
    if (uid != (uid_t)-1 && syscall(SYS_setresuid, -1, own, -1) < 0) abort();
    if (error == 0) return 0;
    for (int i = 0; i < done - 1; i++) close(opened[i]);
    return -error;
}
