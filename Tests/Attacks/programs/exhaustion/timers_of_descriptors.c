// attack: Makes as many event objects as it can: eventfd, timerfd, signalfd, epoll, pidfd.
// layer: RLIMIT_NOFILE
// second: the memory cgroup counts them
// off: rlimits
// sites: rootless guest
// limits: open_files=128
// host: files=2500 slab=64M
#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>

#include "attack.h"

int main(void) {
    sigset_t none;
    sigemptyset(&none);
    int made = 0;
    for (; made < 900; made++) {
        int handle = made % 4 == 0   ? eventfd(0, 0)
                     : made % 4 == 1 ? timerfd_create(CLOCK_MONOTONIC, 0)
                     : made % 4 == 2 ? signalfd(-1, &none, 0)
                                     : epoll_create1(0);
        if (handle < 0) break;
    }
    if (made > 128) fell("more objects than open files");
    return end();
}
