#include "CProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

int cprocess_open_place(int folder, const char *name, int follows) {
    int fd = openat(folder, name, O_PATH | O_CLOEXEC | (follows ? 0 : O_NOFOLLOW));
    return fd < 0 ? -errno : fd;
}

int cprocess_describe(int descriptor, struct cprocess_status *status) {
    struct stat info;
    if (fstat(descriptor, &info) != 0) return -errno;
    *status = (struct cprocess_status){
        .device = info.st_dev,
        .inode = info.st_ino,
        .links = info.st_nlink,
        .size = info.st_size,
        .mode = info.st_mode,
        .uid = info.st_uid,
    };
    return 0;
}
