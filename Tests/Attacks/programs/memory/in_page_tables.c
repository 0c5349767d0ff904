// attack: Has the kernel fill page tables instead of pages.
// layer: the memory cgroup counts page tables
// second: the cgroup around all sandboxes
// ends: memory_exceeded
// off: cgroup
// sites: rootless guest
// limits: memory_bytes=32M
// host: memory=384M
#include <sys/mman.h>

#include "attack.h"

int main(void) {
    // One page touched in each 2 MiB takes a table of 4 KiB, and here a page of zeros.
    const size_t size = 30ul << 30;
    char *memory = mmap(NULL, size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) return 1;
    madvise(memory, size, MADV_NOHUGEPAGE);
    volatile char sum = 0;
    for (size_t at = 0; at < size; at += 2 << 20) sum += memory[at];
    fell("page tables of 60 MiB");
    return 0;
}
