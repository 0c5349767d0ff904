// attack: Locks millions of pieces of files for its open files (F_OFD_SETLK), which name no process.
// layer: the warden's watch over the kernel memory that no cgroup counts
// second: none
// ends: kernel_memory_exceeded
// limits: wall_ms=45000 cpu_ms=60000 processes=64 workspace_bytes=64M
// host: slab=400M files=16000
#include "locks.h"

int main(void) {
    return take_all(F_OFD_SETLK);
}
