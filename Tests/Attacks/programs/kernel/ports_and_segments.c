// attack: Touches I/O ports and descriptor tables of the processor (CVE-2015-5157).
// layer: seccomp
// second: I/O ports take CAP_SYS_RAWIO
#include "attack.h"

int main(void) {
#if defined(__x86_64__)
    char entry[16] = {0};
    refused("iopl", syscall(SYS_iopl, 3), EPERM);
    refused("ioperm", syscall(SYS_ioperm, 0x80, 1, 1), EPERM);
    refused("modify_ldt", syscall(SYS_modify_ldt, 1, entry, sizeof entry), ENOSYS);
    refused("arch_prctl", syscall(SYS_arch_prctl, 0x3001, 0), EINVAL);
#endif
    return end();
}
