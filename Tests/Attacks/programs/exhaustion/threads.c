// attack: Starts thousands of threads.
// layer: the pids cgroup
// second: the memory cgroup counts their stacks
// off: cgroup
// sites: rootless guest
// limits: processes=16
// host: pids=60 slab=64M
#include <pthread.h>

#include "attack.h"

static void *rest(void *unused) {
    sleep(2);
    return unused;
}

int main(void) {
    pthread_t thread;
    int made = 0;
    while (made < 100 && pthread_create(&thread, NULL, rest, NULL) == 0) made++;
    if (made > 16) fell("more threads than processes");
    end();
    _exit(0);
}
