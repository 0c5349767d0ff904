// attack: Has waitid write to the kernel's memory (CVE-2017-5123).
// layer: the kernel's repair, where it has it
// second: none
#include <signal.h>
#include <sys/wait.h>

#include "attack.h"

int main(void) {
    pid_t child = fork();
    if (child == 0) _exit(0);
    refused("waitid", syscall(SYS_waitid, P_ALL, 0, (void *)0xffffffff81000000ul, WEXITED, 0),
            EFAULT);
    return end();
}
