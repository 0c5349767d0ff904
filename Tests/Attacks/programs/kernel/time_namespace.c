// attack: Makes a time namespace, and enters one by the link in /proc.
// layer: seccomp
// second: it takes CAP_SYS_ADMIN
#include <fcntl.h>
#include <sched.h>

#include "attack.h"

int main(void) {
    refused("unshare", unshare(0x80), EPERM);
    const char *kinds[] = {"user", "mnt", "pid", "net", "ipc", "uts", "cgroup", "time"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        char path[64];
        snprintf(path, sizeof path, "/proc/self/ns/%s", kinds[i]);
        int handle = open(path, O_RDONLY);
        if (handle < 0) continue;
        refused("setns", setns(handle, 0), EPERM);
        // NS_GET_PARENT and NS_GET_USERNS lead to the namespaces outside.
        refused("the parent", syscall(SYS_ioctl, handle, 0xb702), ENOTTY);
        refused("the owner", syscall(SYS_ioctl, handle, 0xb701), ENOTTY);
    }
    return end();
}
