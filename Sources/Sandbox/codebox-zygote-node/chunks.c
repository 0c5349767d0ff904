// Puts V8's pages next to each other. V8 asks for each of its pages, of 256 KiB, at a random
// address of its own. Then nearly every page needs a page table of its own, which each fork makes
// and each job's end frees. Here the kernel chooses one random place for all.
#include <stdatomic.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "zygote_node.h"

enum { CHUNK_BYTES = 256 << 10, TABLE_BYTES = 2 << 20, LARGEST_BYTES = 4 << 20, ATTEMPTS = 8 };
static const size_t AREA_BYTES = (size_t)1 << 30;

static _Atomic uintptr_t next_place;
static uintptr_t area_end;

static void *map(void *address, size_t bytes, int access, int flags, int file, off64_t offset) {
    return (void *)syscall(SYS_mmap, address, bytes, access, flags, file, offset);
}

// Before node starts.
void choose_area(void) {
    const int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
    char *area = map(NULL, AREA_BYTES, PROT_NONE, flags, -1, 0);
    if (area == MAP_FAILED) return;
    munmap(area, AREA_BYTES);
    const uintptr_t start = (uintptr_t)area + TABLE_BYTES - 1;
    area_end = (uintptr_t)area + AREA_BYTES;
    next_place = start & ~(uintptr_t)(TABLE_BYTES - 1);
}

// To get aligned memory, V8 asks for more and gives back what is before and behind it. Here it is
// aligned at once, so that all of the rest is given back.
static size_t bytes_kept(size_t bytes) {
    const size_t slack = CHUNK_BYTES - CB_PAGE_BYTES;
    const size_t kept = bytes > CHUNK_BYTES ? bytes - slack : bytes;
    return (kept + CHUNK_BYTES - 1) & ~(size_t)(CHUNK_BYTES - 1);
}

static bool is_chunk(const void *hint, size_t bytes, int flags) {
    return hint && (flags & MAP_ANONYMOUS) && !(flags & (MAP_FIXED | MAP_FIXED_NOREPLACE)) &&
           bytes >= CHUNK_BYTES && bytes < LARGEST_BYTES;
}

INTERPOSED void *mmap64(void *hint, size_t bytes, int access, int flags, int file,
                        off64_t offset) {
    const size_t kept = bytes_kept(bytes);
    for (int i = 0; i < ATTEMPTS && area_end > 0 && is_chunk(hint, bytes, flags); i++) {
        const uintptr_t place = atomic_fetch_add(&next_place, kept);
        if (place + bytes > area_end) break;
        void *got = map((void *)place, bytes, access, flags | MAP_FIXED_NOREPLACE, file, offset);
        if (got == (void *)place) return got;
        // A kernel without the flag takes the address for a hint.
        if (got != MAP_FAILED) munmap(got, bytes);
    }
    return map(hint, bytes, access, flags, file, offset);
}
