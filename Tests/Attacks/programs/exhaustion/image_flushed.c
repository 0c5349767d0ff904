// attack: Has the host's disk flush its cache, by fsync on files of the image.
// layer: the image is a read-only overlay, whose descriptors reach no disk
// second: none
// sites: guest
// host: flushes=150
#include <fcntl.h>

#include "attack.h"

int main(void) {
    int file = open("/etc/passwd", O_RDONLY);
    if (file < 0) return 1;
    for (int i = 0; i < 1000; i++) {
        fsync(file);
        fdatasync(file);
    }
    refused("a descriptor that is not open", fsync(999), EBADF);
    return end();
}
