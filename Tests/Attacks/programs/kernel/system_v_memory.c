// attack: Uses System V and POSIX queues, which outlive processes and have limits of the machine.
// layer: seccomp answers ENOSYS
// second: an IPC namespace of its own
// off: seccomp
#include <sys/ipc.h>

#include "attack.h"

int main(void) {
    refused("shmget", syscall(SYS_shmget, IPC_PRIVATE, 4096, 0600), ENOSYS);
    refused("semget", syscall(SYS_semget, IPC_PRIVATE, 1, 0600), ENOSYS);
    refused("msgget", syscall(SYS_msgget, IPC_PRIVATE, 0600), ENOSYS);
    refused("mq_open", syscall(SYS_mq_open, "codebox", 0102, 0600, 0), ENOSYS);
    return end();
}
