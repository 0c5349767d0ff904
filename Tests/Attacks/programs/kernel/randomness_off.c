// attack: Turns the randomness of addresses off, for a later exec.
// layer: seccomp, by personality's argument
// second: none
// off: seccomp
#include "attack.h"

int main(void) {
    const unsigned flags[] = {0x0040000, 0x0400000, 0x0100000, 0x0800000, 8};
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        refused("personality", syscall(SYS_personality, flags[i]), EPERM);
    return end();
}
