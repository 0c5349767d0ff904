// attack: Nests epoll instances, whose wake-ups cost the square of their number.
// layer: the kernel bounds depth and paths
// second: the CPU clock
// ends: exited
// host: slab=64M files=1500
#include <sys/epoll.h>
#include <sys/eventfd.h>

#include "attack.h"

int main(void) {
    int first = eventfd(0, 0), inner = first;
    int depth = 0;
    for (; depth < 100; depth++) {
        int outer = epoll_create1(0);
        struct epoll_event event = {.events = EPOLLIN};
        if (outer < 0 || epoll_ctl(outer, EPOLL_CTL_ADD, inner, &event) < 0) break;
        inner = outer;
    }
    if (depth >= 100) fell("a hundred levels of epoll");
    for (int i = 0; i < 1000; i++) eventfd_write(first, 1);
    return end();
}
