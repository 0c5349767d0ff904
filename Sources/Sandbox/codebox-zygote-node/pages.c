// Prepares the memory of forked processes. A child's first write to a page copies the page, and its
// first read of a file's page maps it, with one fault each. Which pages a program uses hardly
// depends on the program. So the zygote's code is moved to huge pages, and one child, the scout,
// runs a program and reports the pages that it used. All others have these pages prepared by the
// fork itself, or in a few calls while they wait.
#include <dlfcn.h>
#include <fcntl.h>
#include <link.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "real.h"
#include "zygote_node.h"

enum {
    MAXIMUM_RANGES = 2048,
    HUGE_PAGE_BYTES = 2 << 20,
    SCOUT_SECONDS = 10,
};

struct ranges {
    size_t count;
    struct cb_range ranges[MAXIMUM_RANGES];
};

struct news {
    struct ranges written;
    struct ranges read;  // of files, which a forked process must map again
    int revived;         // helper threads
};

// In memory that the zygote shares with the scout.
static struct news *news;

static bool is_scout;

static void note(struct ranges *list, uintptr_t start, uintptr_t end) {
    struct cb_range *last = list->count > 0 ? &list->ranges[list->count - 1] : NULL;
    if (last && start <= last->end) {
        if (end > last->end) last->end = end;
    } else if (list->count < MAXIMUM_RANGES) {
        list->ranges[list->count++] = (struct cb_range){start, end};
    }
}

static void note_page(const struct cb_page *page) {
    if (page->is_writable && page->is_own)
        note(&news->written, page->start, page->start + CB_PAGE_BYTES);
    // The kernel maps so many bytes of a file around each fault.
    enum { AROUND_BYTES = 64 << 10 };
    const uintptr_t start = page->start & ~(uintptr_t)(AROUND_BYTES - 1);
    if (!page->is_writable && page->is_file) note(&news->read, start, start + AROUND_BYTES);
}

// Notes the scout's own private memory, which it has written to.
void leave_if_scout(void) {
    if (!is_scout) return;
    news->revived = count_revived_threads();
    cb_visit_pages(note_page);
    _exit(0);
}

static struct news *map_news(int sharing) {
    void *area = mmap(NULL, sizeof *news, PROT_READ | PROT_WRITE, sharing | MAP_ANONYMOUS, -1, 0);
    if (area == MAP_FAILED) give_up("no", "memory");
    return area;
}

// Copies the news to private memory, so that no child shares memory that another could write to.
static void keep_news(void) {
    struct news *copy = map_news(MAP_PRIVATE);
    *copy = *news;
    munmap(news, sizeof *news);
    news = copy;
}

bool send_scout(int *revived) {
    if (news) munmap(news, sizeof *news);
    news = map_news(MAP_SHARED);
    static const char program[] = "console.log(1)\n";
    pid_t child = fork();
    if (child == 0) {
        is_scout = true;
        // Ends a scout that hangs, so that the zygote does not.
        alarm(SCOUT_SECONDS);
        // The smallest program: a page too many costs every sandbox time, a missing one only some.
        pretend_file("/workspace/main.js", program, sizeof program - 1);
        borrow_streams();
        return true;
    }
    int status = 0;
    while (child > 0 && waitpid(child, &status, 0) < 0) continue;
    // Without the scout's news children are only slower.
    if (child < 0 || status != 0) news->written.count = news->read.count = 0;
    *revived = news->revived;
    keep_news();
    return false;
}

// What can be pinned is copied by fork, and the rest later.
void pin_pages(void) {
    news->written.count = cb_pin_ranges(news->written.ranges, news->written.count);
}

// The kernel refuses ranges that this child does not have or may not write to; they are left out.
static void populate(const struct ranges *list, int advice) {
    for (size_t i = 0; i < list->count; i++)
        real.madvise((void *)list->ranges[i].start, list->ranges[i].end - list->ranges[i].start,
                     advice);
}

void populate_pages(void) {
    if (is_scout) return;
    populate(&news->written, MADV_POPULATE_WRITE);
    populate(&news->read, MADV_POPULATE_READ);
}

// Fills the holes that the zygote has freed. Otherwise a child's small allocations are scattered
// over them, and each copies a page.
void fill_heap_holes(void) {
    enum { LARGEST = 64 << 10, STEP = 16 };
    // A block that fits into no hole comes from the top of the heap.
    char *top = malloc(2 * LARGEST);
    free(top);
    for (size_t bytes = LARGEST; bytes >= STEP; bytes -= STEP) {
        char *block;
        do block = malloc(bytes);
        while (block && block < top);
        free(block);
    }
}

static bool is_huge(uintptr_t start, size_t bytes) {
    FILE *maps = fopen("/proc/self/smaps", "re");
    char line[512];
    unsigned long from, to, kilobytes = 0;
    bool is_inside = false;
    while (maps && fgets(line, sizeof line, maps))
        if (sscanf(line, "%lx-%lx ", &from, &to) == 2) is_inside = from <= start && start < to;
        else if (is_inside && sscanf(line, "AnonHugePages: %lu kB", &kilobytes) == 1) break;
    if (maps) fclose(maps);
    return kilobytes >= bytes >> 10;
}

// Replaces pages of a file by a copy in huge pages. This code must not be in them.
static void enlarge(uintptr_t start, size_t bytes) {
    const size_t reserved = bytes + HUGE_PAGE_BYTES;
    char *area = mmap(NULL, reserved, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (area == MAP_FAILED) return;
    char *copy =
        (char *)(((uintptr_t)area + HUGE_PAGE_BYTES - 1) & ~(uintptr_t)(HUGE_PAGE_BYTES - 1));
    real.madvise(copy, bytes, MADV_HUGEPAGE);
    memcpy(copy, (const void *)start, bytes);
    // A copy in small pages would cost each fork a page table.
    if (is_huge((uintptr_t)copy, bytes) && mprotect(copy, bytes, PROT_READ | PROT_EXEC) == 0)
        mremap(copy, bytes, bytes, MREMAP_MAYMOVE | MREMAP_FIXED, (void *)start);
    munmap(area, reserved);
}

static int enlarge_code(struct dl_phdr_info *info, size_t size, void *main_program) {
    (void)size;
    (void)main_program;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *header = &info->dlpi_phdr[i];
        if (header->p_type != PT_LOAD || !(header->p_flags & PF_X)) continue;
        uintptr_t start = info->dlpi_addr + header->p_vaddr, end = start + header->p_filesz;
        start = (start + HUGE_PAGE_BYTES - 1) & ~(uintptr_t)(HUGE_PAGE_BYTES - 1);
        end &= ~(uintptr_t)(HUGE_PAGE_BYTES - 1);
        if (start < end) enlarge(start, end - start);
    }
    // The first object is node itself; no library is large.
    return 1;
}

void enlarge_code_pages(void) {
    dl_iterate_phdr(enlarge_code, NULL);
}
