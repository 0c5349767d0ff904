#include "CZygote.h"

#include <fcntl.h>
#include <linux/io_uring.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "CWire.h"

// Bits of an entry in /proc/self/pagemap.
#define PRESENT (1ull << 63)
#define FILE_OR_SHARED (1ull << 61)
#define EXCLUSIVE (1ull << 56)

typedef void visitor(const struct cb_page *page);

static void visit_mapping(int pagemap, uintptr_t start, uintptr_t end, bool is_writable,
                          visitor *visit) {
    uint64_t entries[512];
    while (start < end) {
        size_t pages = (end - start) / CB_PAGE_BYTES;
        if (pages > sizeof entries / sizeof *entries) pages = sizeof entries / sizeof *entries;
        ssize_t bytes = pread(pagemap, entries, pages * sizeof *entries,
                              (off_t)(start / CB_PAGE_BYTES * sizeof *entries));
        if (bytes <= 0) return;
        const size_t read = (size_t)bytes / sizeof *entries;
        for (size_t i = 0; i < read; i++) {
            if (!(entries[i] & PRESENT)) continue;
            const bool is_file = entries[i] & FILE_OR_SHARED;
            visit(&(struct cb_page){.start = start + i * CB_PAGE_BYTES,
                                    .is_writable = is_writable,
                                    .is_own = (entries[i] & EXCLUSIVE) && !is_file,
                                    .is_file = is_file});
        }
        start += read * CB_PAGE_BYTES;
    }
}

void cb_visit_pages(visitor *visit) {
    int pagemap = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
    FILE *maps = fopen("/proc/self/maps", "re");
    char line[512], access[5];
    unsigned long start, end;
    while (pagemap >= 0 && maps && fgets(line, sizeof line, maps))
        if (sscanf(line, "%lx-%lx %4s", &start, &end, access) == 3 && access[0] == 'r' &&
            access[3] == 'p')
            visit_mapping(pagemap, start, end, access[1] == 'w', visit);
    if (maps) fclose(maps);
    if (pagemap >= 0) close(pagemap);
}

// A buffer that is registered with an io_uring is pinned for long, as for a device that may write
// to it at any time. The process must keep such a page, so fork gives the child a copy at once.
static bool pin_pages(const struct cb_range *range) {
    static uint32_t count;
    struct iovec pages = {(void *)range->start, range->end - range->start};
    uint64_t tag = 0;
    struct io_uring_rsrc_update2 update = {
        .offset = count, .data = (uintptr_t)&pages, .tags = (uintptr_t)&tag, .nr = 1};
    if (count == CB_MAXIMUM_PINS ||
        syscall(SYS_io_uring_register, CB_FD_PINS, IORING_REGISTER_BUFFERS_UPDATE, &update,
                sizeof update) != 1)
        return false;
    count++;
    return true;
}

size_t cb_pin_ranges(struct cb_range *ranges, size_t count) {
    size_t left = 0;
    for (size_t i = 0; i < count; i++)
        if (!pin_pages(&ranges[i])) ranges[left++] = ranges[i];
    return left;
}

bool cb_is_page_present(int pagemap, uintptr_t page) {
    uint64_t entry = 0;
    off_t offset = (off_t)(page / CB_PAGE_BYTES * sizeof entry);
    return pread(pagemap, &entry, sizeof entry, offset) == sizeof entry && (entry & PRESENT);
}
