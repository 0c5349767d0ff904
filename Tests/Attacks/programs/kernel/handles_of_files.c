// attack: Opens files by guessed handles (Shocker), outside of every root.
// layer: seccomp
// second: it takes CAP_DAC_READ_SEARCH
// off: seccomp
#include <fcntl.h>

#include "attack.h"

int main(void) {
    struct {
        struct file_handle head;
        unsigned char bytes[128];
    } handle = {.head = {.handle_bytes = 128}};
    int mount = 0;
    refused("name", syscall(SYS_name_to_handle_at, AT_FDCWD, "/tmp", &handle, &mount, 0), ENOSYS);
    handle.head.handle_bytes = 8;
    handle.head.handle_type = 1;
    int root = open("/", O_RDONLY);
    for (unsigned char inode = 2; inode < 20; inode++) {
        handle.head.f_handle[0] = inode;
        refused("open", syscall(SYS_open_by_handle_at, root, &handle, O_RDONLY), EPERM);
    }
    return end();
}
