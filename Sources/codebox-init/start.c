#include <errno.h>
#include <stddef.h>
#include <unistd.h>

// PID 1 is linked without libc. A static libc's own start (its choice of functions by cpuid, which
// traps in a virtual machine, its relocations, its thread) would cost several times what all of
// this program does before its first system call. Neither is there thread-local storage: nothing
// here may be compiled to use it, hence -fno-stack-protector.

int main(int count, char **arguments);

static int error;

int *__errno_location(void) {
    return &error;
}

// On the stack: the count of arguments, then their addresses.
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

// What a program's strings may take together (program.c), and their tables.
enum { HEAP_BYTES = (1 << 20) + (128 << 10), ALIGNMENT = 16 };
static _Alignas(ALIGNMENT) char heap[HEAP_BYTES];
static size_t heap_used;

// Zeroed, and never freed: few are asked for, and exec takes all.
void *malloc(size_t count) {
    if (count > HEAP_BYTES - heap_used) {
        errno = ENOMEM;
        return NULL;
    }
    void *bytes = heap + heap_used;
    size_t rounded = (count + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    heap_used = rounded > HEAP_BYTES - heap_used ? HEAP_BYTES : heap_used + rounded;
    return bytes;
}

void *calloc(size_t count, size_t size) {
    size_t total;
    if (__builtin_mul_overflow(count, size, &total)) {
        errno = ENOMEM;
        return NULL;
    }
    return malloc(total);
}
