// attack: Has a parent with more rights trace it, or traces its child (CVE-2019-13272).
// layer: seccomp
// second: no process with more rights is in the pid namespace but PID 1, which is undumpable
// off: seccomp
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

#include "attack.h"

int main(void) {
    pid_t child = fork();
    if (child == 0) {
        pause();
        _exit(0);
    }
    refused("attach", ptrace(PTRACE_ATTACH, child, 0, 0), EPERM);
    refused("seize", ptrace(PTRACE_SEIZE, child, 0, 0), EPERM);
    refused("PID 1", ptrace(PTRACE_SEIZE, 1, 0, 0), EPERM);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    refused("trace me", ptrace(PTRACE_TRACEME, 0, 0, 0), EPERM);
    return end();
}
