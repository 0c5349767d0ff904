// attack: Overflows a legacy file system's options (CVE-2022-0185).
// layer: seccomp refuses fsopen and fsconfig
// second: it takes CAP_SYS_ADMIN
#include "attack.h"

int main(void) {
    const char *types[] = {"ext4", "cgroup2", "tmpfs", "overlay", "proc"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        refused(types[i], syscall(SYS_fsopen, types[i], 0), EPERM);
    refused("fsconfig", syscall(SYS_fsconfig, 0, 1, "a", "b", 0), EPERM);
    refused("fsmount", syscall(SYS_fsmount, 0, 0, 0), EPERM);
    refused("fspick", syscall(SYS_fspick, -100, "/", 0), EPERM);
    refused("open_tree", syscall(SYS_open_tree, -100, "/", 1), EPERM);
    refused("move_mount", syscall(SYS_move_mount, -100, "/tmp", -100, "/workspace", 0), EPERM);
    refused("mount_setattr", syscall(SYS_mount_setattr, -100, "/", 0, 0, 0), EPERM);
    return end();
}
