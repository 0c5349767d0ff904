// attack: Makes every call that is newer than the filter's list.
// layer: seccomp answers ENOSYS to what it does not know
// second: none
#include "attack.h"

int main(void) {
    for (long number = 451; number < 600; number++)
        refused("a newer call", syscall(number, 0, 0, 0, 0, 0, 0), ENOSYS);
    return end();
}
