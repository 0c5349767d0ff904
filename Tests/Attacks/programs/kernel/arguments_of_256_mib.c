// attack: Overflows the kernel's count of arguments (CVE-2018-14634), or its stack by them.
// layer: the kernel bounds them; the cgroup counts them
// second: no set-user-id program is honoured
// limits: memory_bytes=256M
#include <sys/resource.h>

#include "attack.h"

int main(void) {
    enum { COUNT = 2000, LENGTH = 100000 };
    static char *list[COUNT + 1];
    static char word[LENGTH];
    memset(word, 'x', LENGTH - 1);
    for (int i = 0; i < COUNT; i++) list[i] = word;
    struct rlimit all = {RLIM_INFINITY, RLIM_INFINITY};
    setrlimit(RLIMIT_STACK, &all);
    refused("execv", execv("/bin/true", list), E2BIG);
    return end();
}
