// attack: Opens a performance counter (CVE-2013-2094), which also times the neighbours.
// layer: seccomp answers ENOSYS
// second: kernel.perf_event_paranoid
#include "attack.h"

int main(void) {
    struct {
        unsigned type, size;
        unsigned long long config, rest[14];
    } attributes = {.type = 1, .size = sizeof attributes};
    refused("its own", syscall(SYS_perf_event_open, &attributes, 0, -1, -1, 0), ENOSYS);
    refused("the machine's", syscall(SYS_perf_event_open, &attributes, -1, 0, -1, 0), ENOSYS);
    return end();
}
