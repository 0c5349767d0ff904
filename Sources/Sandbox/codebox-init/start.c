#include <unistd.h>

// PID 1 is linked without libc. The start of a static libc (it selects functions by cpuid, which
// traps in a virtual machine, relocates itself and sets up its thread) would cost several times
// what this program does before its first system call. So there is no thread-local storage either,
// which a stack protector would use, hence -fno-stack-protector.

int main(int count, char **arguments);

// The stack holds the count of arguments, then their addresses.
__attribute__((used)) static _Noreturn void begin(long *stack) {
    _exit(main((int)*stack, (char **)(stack + 1)));
}

__attribute__((naked, noreturn)) void _start(void) {
#if defined(__x86_64__)
    __asm__("xorl %ebp, %ebp\n\t"
            "movq %rsp, %rdi\n\t"
            "andq $-16, %rsp\n\t"
            "callq begin");
#elif defined(__aarch64__)
    __asm__("mov x29, xzr\n\t"
            "mov x30, xzr\n\t"
            "mov x0, sp\n\t"
            "b begin");
#else
#error "codebox runs on x86_64 and aarch64"
#endif
}
