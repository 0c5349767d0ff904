// attack: Loads a BPF program that the verifier misjudges (CVE-2020-8835, CVE-2021-3490).
// layer: seccomp
// second: kernel.unprivileged_bpf_disabled; no CAP_BPF
#include <sys/socket.h>

#include "attack.h"

int main(void) {
    char attributes[128] = {0};
    for (int command = 0; command < 30; command++)
        refused("bpf", syscall(SYS_bpf, command, attributes, sizeof attributes), EPERM);
    return end();
}
