// attack: Moves pages between nodes, and sets policies on them (CVE-2017-7616).
// layer: seccomp answers ENOSYS
// second: none
#include "attack.h"

int main(void) {
    refused("mbind", syscall(SYS_mbind, 0, 0, 0, 0, 0, 0), ENOSYS);
    refused("set_mempolicy", syscall(SYS_set_mempolicy, 0, 0, 0), ENOSYS);
    refused("migrate_pages", syscall(SYS_migrate_pages, 0, 1, 0, 0), ENOSYS);
    refused("move_pages", syscall(SYS_move_pages, 0, 0, 0, 0, 0, 0), ENOSYS);
    refused("vmsplice", syscall(SYS_vmsplice, 1, 0, 0, 0), ENOSYS);
    refused("remap_file_pages", syscall(SYS_remap_file_pages, 0, 0, 0, 0, 0), ENOSYS);
    return end();
}
