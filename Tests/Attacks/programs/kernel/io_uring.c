// attack: Makes a ring, which goes past system calls (CVE-2021-41073, CVE-2022-29582).
// layer: seccomp answers ENOSYS
// second: kernel.io_uring_disabled, where the administrator sets it
// off: seccomp
#include <sys/mman.h>

#include "attack.h"

int main(void) {
    char parameters[256] = {0};
    refused("io_uring_setup", syscall(SYS_io_uring_setup, 1, parameters), ENOSYS);
    refused("io_uring_enter", syscall(SYS_io_uring_enter, 0, 0, 0, 0, 0, 0), ENOSYS);
    refused("io_uring_register", syscall(SYS_io_uring_register, 0, 0, 0, 0), ENOSYS);
    unsigned long context = 0;
    refused("io_setup", syscall(SYS_io_setup, 1, &context), ENOSYS);
    return end();
}
