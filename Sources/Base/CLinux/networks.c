#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "CLinux.h"
#include "CWire.h"
#include "clone.h"

enum { BUILDER_STACK_BYTES = 16 << 10 };

static int bring_loopback_up(void) {
    int handle = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (handle < 0) return -errno;
    struct ifreq request = {.ifr_name = "lo", .ifr_flags = IFF_UP | IFF_RUNNING};
    int result = ioctl(handle, SIOCSIFFLAGS, &request) < 0 ? -errno : 0;
    close(handle);
    return result;
}

static int set_bounds(void) {
    for (size_t i = 0; i < cb_network_sysctl_count; i++) {
        const struct cb_sysctl *sysctl = &cb_network_sysctls[i];
        int file = open(sysctl->path, O_WRONLY | O_CLOEXEC);
        // As in PID 1: older kernels have some for the whole machine only.
        if (file < 0 && errno == ENOENT) continue;
        if (file < 0) return -errno;
        ssize_t written = write(file, sysctl->value, strlen(sysctl->value));
        int result = written < 0 ? -errno : 0;
        close(file);
        if (result < 0) return result;
    }
    return 0;
}

// Runs on its own stack in the parent's memory and with its descriptors, while the parent is
// suspended. `argument` gets the namespace's descriptor, or -errno.
static int build(void *argument) {
    int *network = argument;
    *network = bring_loopback_up();
    if (*network == 0) *network = set_bounds();
    if (*network < 0) return 0;
    // A process may always open its own: no other one needs a right to.
    *network = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
    if (*network < 0) *network = -errno;
    return 0;
}

int cb_make_network(uid_t owner) {
    // One stack is enough, since the caller has one thread, which waits for the child.
    static _Alignas(16) char stack[BUILDER_STACK_BYTES];
    int network = -ECHILD;
    struct clone_args args = {
        .flags = CLONE_VM | CLONE_VFORK | CLONE_FILES | CLONE_CLEAR_SIGHAND | CLONE_NEWUSER |
                 CLONE_NEWNET,
        .stack = (uint64_t)(uintptr_t)stack,
        .stack_size = sizeof stack,
    };
    sigset_t all, before;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &before);
    const long pid = cb_clone3_as(owner, &args, build, &network);
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (pid < 0) return (int)pid;
    while (waitpid((pid_t)pid, NULL, __WALL) < 0 && errno == EINTR) continue;
    return network;
}

int cb_open_home_network(void) {
    int home = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
    if (home < 0) return -errno;
    // Entering the one that it is in changes nothing, and needs the same right as returning to it.
    if (setns(home, CLONE_NEWNET) == 0) return home;
    const int error = errno;
    close(home);
    return -error;
}
