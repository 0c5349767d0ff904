#include <errno.h>
#include <stddef.h>

// Room for the most bytes of a program's strings (program.c), and for their tables.
enum { HEAP_BYTES = (1 << 20) + (128 << 10), ALIGNMENT = 16 };
static _Alignas(ALIGNMENT) char heap[HEAP_BYTES];
static size_t heap_used;

// Zeroed memory that is never freed: there are few allocations, and exec frees them all.
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
