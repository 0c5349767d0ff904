// attack: Has equal pages of all jobs merged, and times a write to learn what others have.
// layer: seccomp, by madvise's advice
// second: few machines have KSM on
#include <sys/mman.h>

#include "attack.h"

int main(void) {
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    refused("MERGEABLE", madvise(page, 4096, 12), 0);
    refused("PAGEOUT", madvise(page, 4096, MADV_PAGEOUT), 0);
    refused("COLLAPSE", madvise(page, 4096, 25), 0);
    return end();
}
