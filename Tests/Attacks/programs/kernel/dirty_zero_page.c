// attack: Maps the image's files writable and shared.
// layer: the image is mounted read-only
// second: the files belong to another user
#include <fcntl.h>
#include <sys/mman.h>

#include "attack.h"

int main(void) {
    const char *paths[] = {"/etc/passwd", "/bin/sh", "/usr/bin/env"};
    for (size_t i = 0; i < 3; i++) {
        int file = open(paths[i], O_RDONLY);
        if (file < 0) continue;
        void *got = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        refused("shared", got == MAP_FAILED ? -1 : 0, EACCES);
        void *read_only = mmap(NULL, 4096, PROT_READ, MAP_SHARED, file, 0);
        if (read_only == MAP_FAILED) return 1;
        refused("mprotect", mprotect(read_only, 4096, PROT_READ | PROT_WRITE), EACCES);
        refused("fallocate", fallocate(file, 0, 0, 4096), EBADF);
    }
    return end();
}
