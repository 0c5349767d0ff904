// attack: Takes a lease on a file of the image, which stalls a neighbour's import (rootless).
// layer: the file belongs to another user, and the job has no CAP_LEASE
// second: seccomp, where the policy has an allow-list of fcntl's commands
// sites: guest
#include <fcntl.h>

#include "attack.h"

int main(void) {
    int file = open("/etc/passwd", O_RDONLY);
    if (file < 0) return 1;
    refused("a read lease", fcntl(file, F_SETLEASE, F_RDLCK), 0);
    refused("a write lease", fcntl(file, F_SETLEASE, F_WRLCK), 0);
    return end();
}
