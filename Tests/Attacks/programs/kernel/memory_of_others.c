// attack: Reads and writes another process's memory by process_vm_readv and its kin.
// layer: seccomp answers ENOSYS
// second: PID 1 is undumpable and has another uid
// off: seccomp
#include <signal.h>
#include <sys/uio.h>
#include <sys/wait.h>

#include "attack.h"

int main(void) {
    static char theirs[8] = "secret";
    char ours[8] = {0};
    pid_t child = fork();
    if (child == 0) {
        pause();
        _exit(0);
    }
    struct iovec to = {ours, 8}, from = {theirs, 8};
    refused("read", process_vm_readv(child, &to, 1, &from, 1, 0), ENOSYS);
    refused("write", process_vm_writev(child, &to, 1, &from, 1, 0), ENOSYS);
    refused("PID 1", process_vm_readv(1, &to, 1, &from, 1, 0), ENOSYS);
    int handle = (int)syscall(SYS_pidfd_open, child, 0);
    refused("a descriptor", syscall(SYS_pidfd_getfd, handle, 1, 0), ENOSYS);
    refused("its memory", syscall(SYS_process_madvise, handle, &from, 1, 4, 0), ENOSYS);
    refused("comparing", syscall(SYS_kcmp, getpid(), child, 1, 0, 0), ENOSYS);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    return end();
}
