// attack: Makes a user namespace by every call that can, as if the filter had a hole.
// sites: rootless guest
// layer: seccomp refuses unshare, clone with CLONE_NEW*, and clone3
// second: user.max_user_namespaces is 0 in the sandbox's user namespace
// off: seccomp+sysctls
// holds: seccomp sysctls
#include <sched.h>
#include <signal.h>
#include <sys/wait.h>

#include "attack.h"

static void attempt(const char *what, long child) {
    if (child == 0) _exit(0);
    // The errno is the filter's, or the one of the sysctl.
    refused(what, child, errno == ENOSPC ? ENOSPC : errno == ENOSYS ? ENOSYS : EPERM);
    if (child > 0) waitpid((pid_t)child, NULL, 0);
}

int main(void) {
    struct {
        unsigned long long flags, pidfd, child_tid, parent_tid, exit_signal, stack, size, tls;
    } arguments = {.flags = CLONE_NEWUSER, .exit_signal = SIGCHLD};
    attempt("clone3", syscall(SYS_clone3, &arguments, sizeof arguments));
    attempt("clone", syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0));
    // It comes last: in a user namespace of its own this process could do what it may not here.
    if (unshare(CLONE_NEWUSER) == 0) fell("unshare");
    else if (errno != ENOSPC && errno != EPERM) refused("unshare", -1, EPERM);
    return end();
}
