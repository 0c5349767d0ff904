// attack: Overwrites the programs of its parents, through /proc/N/exe (runc, CVE-2019-5736).
// layer: hidepid, and PID 1's program is a sealed memfd
// second: PID 1 is undumpable and has another uid
// sites: rootless guest
#include <fcntl.h>

#include "attack.h"

int main(void) {
    char path[64];
    for (int pid = 0; pid < 64; pid++) {
        if (pid == getpid()) continue;
        snprintf(path, sizeof path, "/proc/%d/exe", pid);
        refused(path, open(path, O_WRONLY), 0);
        refused(path, open(path, O_RDONLY), 0);
    }
    // Its own program is busy, and a write to it is refused while it runs.
    refused("its own", open("/proc/self/exe", O_WRONLY), ETXTBSY);
    return end();
}
