// attack: Makes a user namespace, in which it would be root (the door of most kernel exploits).
// sites: rootless guest
// layer: seccomp refuses unshare, clone with CLONE_NEW*, and clone3
// second: a process in the sandbox maps no id there, so that it stays nobody
#include <sched.h>
#include <signal.h>

#include "attack.h"

int main(void) {
    const unsigned long kinds[] = {CLONE_NEWUSER, CLONE_NEWNS,  CLONE_NEWPID,   CLONE_NEWNET,
                                   CLONE_NEWIPC,  CLONE_NEWUTS, CLONE_NEWCGROUP};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        refused("unshare", unshare((int)kinds[i]), EPERM);
        refused("unshare with a user namespace", unshare((int)(kinds[i] | CLONE_NEWUSER)), EPERM);
        long child = syscall(SYS_clone, kinds[i] | SIGCHLD, 0, 0, 0, 0);
        if (child == 0) _exit(0);
        refused("clone", child, EPERM);
    }
    struct {
        unsigned long long flags, pidfd, child_tid, parent_tid, exit_signal, stack, size, tls;
    } arguments = {.flags = CLONE_NEWUSER, .exit_signal = SIGCHLD};
    long child = syscall(SYS_clone3, &arguments, sizeof arguments);
    if (child == 0) _exit(0);
    refused("clone3", child, ENOSYS);
    return end();
}
