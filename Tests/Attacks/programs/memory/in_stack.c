// attack: Lifts the stack's limit and grows it over everything.
// layer: the memory cgroup
// second: the kernel's gap below a stack
// ends: memory_exceeded
// sites: rootless guest
// limits: memory_bytes=64M
// host: memory=384M
#include <sys/resource.h>

#include "attack.h"

static int grow(int depth) {
    volatile char page[1 << 16];
    for (size_t at = 0; at < sizeof page; at += 4096) page[at] = (char)depth;
    return depth == 0 ? 0 : grow(depth - 1) + page[0];
}

int main(int count, char **arguments) {
    struct rlimit all = {RLIM_INFINITY, RLIM_INFINITY};
    setrlimit(RLIMIT_STACK, &all);
    // The stack's size is laid out at exec.
    if (count == 1) execl("/proc/self/exe", arguments[0], "again", (char *)0);
    grow(4000);
    fell("a stack of 256 MiB");
    return 0;
}
