// attack: Stops the kernel at a page of its choice, to win a race.
// layer: seccomp
// second: vm.unprivileged_userfaultfd
#include "attack.h"

int main(void) {
    refused("userfaultfd", syscall(SYS_userfaultfd, 0), ENOSYS);
    // UFFD_USER_MODE_ONLY, which every process may elsewhere.
    refused("its own pages", syscall(SYS_userfaultfd, 1), ENOSYS);
    refused("fuse", access("/dev/fuse", F_OK), ENOENT);
    refused("the device", access("/dev/userfaultfd", F_OK), ENOENT);
    return end();
}
