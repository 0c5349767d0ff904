// attack: Interrupts every processor of the machine by membarrier.
// layer: seccomp, by the command
// second: none
// off: seccomp
#include <linux/membarrier.h>

#include "attack.h"

int main(void) {
    refused("GLOBAL", syscall(SYS_membarrier, MEMBARRIER_CMD_GLOBAL, 0, 0), 0);
    refused("EXPEDITED", syscall(SYS_membarrier, MEMBARRIER_CMD_GLOBAL_EXPEDITED, 0, 0), 0);
    return end();
}
