// attack: Installs a filter of its own, beside the one it has.
// layer: seccomp refuses seccomp() and prctl(PR_SET_SECCOMP)
// second: a filter can only take rights away
// off: seccomp
#include <linux/filter.h>
#include <sys/prctl.h>

#include "attack.h"

int main(void) {
    struct sock_filter allow[] = {{BPF_RET | BPF_K, 0, 0, 0x7fff0000}};
    struct sock_fprog program = {1, allow};
    refused("seccomp", syscall(SYS_seccomp, 1, 0, &program), ENOSYS);
    refused("prctl", prctl(PR_SET_SECCOMP, 2, &program), EINVAL);
    return end();
}
