#include <elf.h>
#include <link.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>

#include "zygote_python.h"

// The interpreter's code is mapped from its file, and every forked process would fault it in again,
// page by page. In anonymous huge pages it is a few entries, which the fork copies.

enum { HUGE_BYTES = 2 << 20 };

struct range {
    uintptr_t start, end;
};

static uintptr_t align_up(uintptr_t address) {
    return (address + HUGE_BYTES - 1) & ~(uintptr_t)(HUGE_BYTES - 1);
}

// Finds the read-only parts of the interpreter, the first object: headers, code and constants.
static int find_code(struct dl_phdr_info *object, size_t size, void *found) {
    (void)size;
    struct range *range = found;
    for (int i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &object->dlpi_phdr[i];
        if (part->p_type != PT_LOAD) continue;
        if (part->p_flags & PF_W) break;
        if (!range->start) range->start = object->dlpi_addr + part->p_vaddr;
        range->end = object->dlpi_addr + part->p_vaddr + part->p_memsz;
    }
    range->start = align_up(range->start);
    range->end &= ~(uintptr_t)(HUGE_BYTES - 1);
    return 1;
}

void move_code(void) {
    struct range code = {0};
    dl_iterate_phdr(find_code, &code);
    if (code.start >= code.end) return;
    size_t bytes = code.end - code.start;
    char *area = mmap(NULL, bytes + HUGE_BYTES, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (area == MAP_FAILED) return;
    char *copy = (char *)align_up((uintptr_t)area);
    // Without huge pages, small ones serve as well.
    madvise(copy, bytes, MADV_HUGEPAGE);
    memcpy(copy, (void *)code.start, bytes);
    if (mprotect(copy, bytes, PROT_READ | PROT_EXEC) == 0)
        (void)!mremap(copy, bytes, bytes, MREMAP_MAYMOVE | MREMAP_FIXED, (void *)code.start);
    munmap(area, (size_t)(copy - area));
    munmap(copy + bytes, (size_t)(area + HUGE_BYTES - copy));
}
