// attack: Calls the kernel by x32's numbers, past the filter's list.
// layer: seccomp refuses them all
// second: kernels are built without x32
#include <signal.h>
#include <sys/wait.h>

#include "attack.h"

int main(void) {
    const int numbers[] = {165, 272, 101, 425, 2, 39};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        pid_t child = fork();
        if (child == 0) _exit(syscall(0x40000000 | numbers[i], 0, 0, 0, 0, 0) == -1 ? 0 : 1);
        int status = 0;
        waitpid(child, &status, 0);
        if (WIFEXITED(status) && WEXITSTATUS(status) == 1) fell("an x32 call was made");
    }
    return end();
}
