#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "zygote_python.h"

// A forked process copies a page at its first write, with one fault each. Which pages a program's
// run and end write to hardly depends on the program. So one child, the scout, runs a program and
// reports its pages. All others get copies of these by the fork itself, or make them in a few calls
// while they wait, without running anything that could leave a trace.

enum { MAXIMUM_PAGES = 4096 };

static struct cb_range ranges[MAXIMUM_PAGES];
static size_t range_count;

struct seen {
    size_t count;
    uintptr_t pages[MAXIMUM_PAGES];
};

// In memory that the zygote shares with the scout.
static struct seen *seen;

// Notes the scout's own private pages, which it has written to.
static void see_page(const struct cb_page *page) {
    if (page->is_writable && page->is_own && seen->count < MAXIMUM_PAGES)
        seen->pages[seen->count++] = page->start;
}

static void see_pages(void) {
    cb_visit_pages(see_page);
    _exit(0);
}

static _Noreturn void scout(void) {
    // The smallest program: a page too many costs every sandbox time, a missing one only some.
    static const char program[] = "print(1)\n";
    int file = memfd_create("program", MFD_CLOEXEC);
    int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (file < 0 || nothing < 0 || write(file, program, sizeof program - 1) < 0 ||
        lseek(file, 0, SEEK_SET) < 0)
        _exit(1);
    for (int stream = 0; stream < 3; stream++) dup2(nothing, stream);
    FILE *stream = fdopen(file, "rb");
    if (!stream) _exit(1);
    before_leaving = see_pages;
    run_file(stream);
}

static void take_ranges(void) {
    int pagemap = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
    for (size_t i = 0; pagemap >= 0 && i < seen->count; i++) {
        uintptr_t page = seen->pages[i];
        // A page that the zygote does not have came with the program and can't be copied.
        if (!cb_is_page_present(pagemap, page)) continue;
        if (range_count > 0 && ranges[range_count - 1].end == page)
            ranges[range_count - 1].end += CB_PAGE_BYTES;
        else ranges[range_count++] = (struct cb_range){page, page + CB_PAGE_BYTES};
    }
    if (pagemap >= 0) close(pagemap);
}

void learn_pages(void) {
    seen = mmap(NULL, sizeof *seen, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (seen == MAP_FAILED) return;
    fflush(NULL);
    python.PyOS_BeforeFork();
    pid_t child = fork();
    if (child == 0) {
        python.PyOS_AfterFork_Child();
        scout();
    }
    python.PyOS_AfterFork_Parent();
    int status;
    if (child > 0 && waitpid(child, &status, 0) == child && status == 0) take_ranges();
    munmap(seen, sizeof *seen);
    // What can be pinned is copied by fork, and the rest later.
    range_count = cb_pin_ranges(ranges, range_count);
}

void populate_pages(void) {
    // Kernels before 5.14 refuse the call, and copy the pages when they are needed.
    for (size_t i = 0; i < range_count; i++)
        if (madvise((void *)ranges[i].start, ranges[i].end - ranges[i].start, MADV_POPULATE_WRITE) <
            0)
            return;
}
