// attack: Has overlayfs copy a set-user-id file of another mount up (CVE-2021-3493, CVE-2023-0386).
// layer: seccomp refuses mount
// second: it takes CAP_SYS_ADMIN
#include <sys/mount.h>
#include <sys/stat.h>

#include "attack.h"

int main(void) {
    mkdir("upper", 0755);
    mkdir("work", 0755);
    mkdir("merged", 0755);
    const char *options = "lowerdir=/etc,upperdir=upper,workdir=work";
    refused("overlay", mount("overlay", "merged", "overlay", 0, options), EPERM);
    refused("fuse", mount("fuse", "merged", "fuse", 0, "fd=3,rootmode=40000"), EPERM);
    refused("bind", mount("/etc", "merged", NULL, MS_BIND, NULL), EPERM);
    refused("remount", mount(NULL, "/", NULL, MS_REMOUNT | MS_BIND, NULL), EPERM);
    refused("umount", umount2("/", MNT_DETACH), EPERM);
    refused("pivot_root", syscall(SYS_pivot_root, ".", "."), EPERM);
    refused("chroot", chroot("merged"), EPERM);
    return end();
}
