// attack: Watches files of the image, to see what other jobs open.
// layer: seccomp answers ENOSYS to inotify and fanotify, EINVAL to F_NOTIFY
// second: none: the files' inodes are shared
// off: seccomp
#include <fcntl.h>

#include "attack.h"

int main(void) {
    refused("inotify", syscall(SYS_inotify_init1, 0), ENOSYS);
    refused("fanotify", syscall(SYS_fanotify_init, 0x200, 0), ENOSYS);
    int folder = open("/etc", O_RDONLY);
    refused("F_NOTIFY", fcntl(folder, 1026, 1), EINVAL);
    return end();
}
