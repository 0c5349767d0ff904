// attack: Asks for huge pages, locked pages and pages that are zeroed ahead.
// layer: the memory cgroup; no huge page is reserved for jobs
// second: RLIMIT_MEMLOCK
// ends: exited memory_exceeded
// sites: guest
// limits: memory_bytes=64M
// host: memory=384M
#include <sys/mman.h>

#include "attack.h"

int main(void) {
    const int kinds[] = {MAP_HUGETLB, MAP_HUGETLB | (30 << 26)};
    for (size_t i = 0; i < 2; i++) {
        void *got = mmap(NULL, 1ul << 30, PROT_READ | PROT_WRITE,
                         MAP_PRIVATE | MAP_ANONYMOUS | kinds[i], -1, 0);
        refused("huge pages", got == MAP_FAILED ? -1 : 0, 0);
    }
    void *populated = mmap(NULL, 192 << 20, PROT_READ | PROT_WRITE,
                           MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    // The kernel may populate a part of it.
    unsigned char there[192 << 8];
    if (populated != MAP_FAILED && mincore(populated, 192 << 20, there) == 0) {
        size_t pages = 0;
        for (size_t i = 0; i < sizeof there; i++) pages += there[i] & 1;
        if (pages > 64 << 8) fell("pages beyond the limit");
    }
    return end();
}
