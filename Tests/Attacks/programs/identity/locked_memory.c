// attack: Locks more memory than its limit, which the machine then can't reclaim.
// layer: RLIMIT_MEMLOCK
// second: the memory cgroup
// off: rlimits
// sites: rootless guest
#include <sys/mman.h>

#include "attack.h"

int main(void) {
    void *memory = mmap(NULL, 2 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) return 1;
    refused("mlock", mlock(memory, 2 << 20), ENOMEM);
    refused("mlockall", mlockall(MCL_CURRENT), ENOMEM);
    return end();
}
