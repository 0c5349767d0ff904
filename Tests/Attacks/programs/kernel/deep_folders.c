// attack: Builds a path of megabytes, for seq_file to overflow on (CVE-2021-33909).
// layer: the cgroup counts dentries; the tmpfs bounds inodes
// second: a job can mount nothing on the path
// limits: memory_bytes=256M workspace_bytes=64M
#include <fcntl.h>
#include <sys/stat.h>

#include "attack.h"

int main(void) {
    char name[251];
    memset(name, 'd', 250);
    name[250] = 0;
    int depth = 0;
    for (; depth < 5000; depth++)
        if (mkdir(name, 0755) < 0 || chdir(name) < 0) break;
    char path[64];
    refused("getcwd", getcwd(path, sizeof path) ? 0 : -1, 0);
    int file = open("/proc/self/mountinfo", O_RDONLY);
    static char bytes[1 << 16];
    if (file < 0 || read(file, bytes, sizeof bytes) <= 0) return 1;
    if (depth < 1000) return 1;
    return end();
}
