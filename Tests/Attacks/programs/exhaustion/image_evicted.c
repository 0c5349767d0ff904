// attack: Reads the image past the page cache, and evicts pages that other jobs need.
// layer: seccomp: no O_DIRECT, no DONTNEED
// second: none
#include <fcntl.h>

#include "attack.h"

int main(void) {
    int file = open("/bin/sh", O_RDONLY);
    if (file < 0) return 1;
    refused("O_DIRECT", open("/bin/sh", O_RDONLY | O_DIRECT), 0);
    refused("O_DIRECT later", fcntl(file, F_SETFL, O_DIRECT), 0);
    return end();
}
