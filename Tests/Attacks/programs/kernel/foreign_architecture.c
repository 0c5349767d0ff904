// attack: Calls the kernel by the numbers of another architecture, past the filter's list.
// layer: seccomp kills for a wrong architecture
// second: namespaces and capabilities hold for every architecture
// ends: signaled
// off: seccomp
#include "attack.h"

int main(void) {
#if defined(__x86_64__)
    long result;
    // getpid of i386, by its own gate.
    __asm__ volatile("int $0x80" : "=a"(result) : "0"(20) : "memory", "r8", "r9", "r10", "r11");
    fell("int 0x80 was made");
#else
    syscall(SYS_kill, getpid(), 31);
#endif
    return end();
}
