// attack: Loads a module, starts another kernel, turns swap off, changes clocks.
// layer: seccomp
// second: each takes a capability
#include "attack.h"

int main(void) {
    refused("init_module", syscall(SYS_init_module, "", 0, ""), EPERM);
    refused("finit_module", syscall(SYS_finit_module, 0, "", 0), EPERM);
    refused("delete_module", syscall(SYS_delete_module, "codebox-none", 0), EPERM);
    refused("kexec_load", syscall(SYS_kexec_load, 0, 0, 0, 0), EPERM);
    refused("reboot", syscall(SYS_reboot, 0, 0, 0, 0), EPERM);
    refused("swapon", syscall(SYS_swapon, "/workspace/none", 0), EPERM);
    refused("acct", syscall(SYS_acct, "/workspace/none"), EPERM);
    refused("syslog", syscall(SYS_syslog, 10, 0, 0), EPERM);
    refused("settimeofday", syscall(SYS_settimeofday, 0, 0), EPERM);
    refused("clock_settime", syscall(SYS_clock_settime, 0, 0), EPERM);
    refused("adjtimex", syscall(SYS_adjtimex, 0), EPERM);
    refused("vhangup", syscall(SYS_vhangup), EPERM);
    refused("sethostname", syscall(SYS_sethostname, "x", 1), EPERM);
    return end();
}
