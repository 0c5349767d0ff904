// attack: Makes as many mappings as the kernel has numbers for.
// layer: vm.max_map_count; the memory cgroup counts them
// second: the cgroup around all sandboxes
// ends: exited memory_exceeded
// sites: rootless guest
// limits: memory_bytes=64M
// host: slab=96M memory=384M
#include <sys/mman.h>

#include "attack.h"

int main(void) {
    for (int i = 0; i < 200000; i++) {
        // Neighbours differ in their protection, so that they are not merged.
        int protection = i % 2 ? PROT_READ : PROT_READ | PROT_WRITE;
        if (mmap(NULL, 4096, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED)
            return end();
    }
    fell("200,000 mappings");
    return end();
}
