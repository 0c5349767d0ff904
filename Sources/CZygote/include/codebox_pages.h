// What a zygote's scout, a child that runs a program and tells which memory that took, sees of itself.
#pragma once
#include <stdbool.h>
#include <stdint.h>

enum { CB_PAGE_BYTES = 4096 };

struct cb_page {
    uintptr_t start;
    bool is_writable;  // its mapping is
    bool is_own;       // anonymous, and no other process has it: written to since the fork
    bool is_file;      // of a file, or shared
};

/// Shows every page that is present in the readable private mappings of this process, in the order
/// of their addresses. What can't be read of /proc is left out.
void cb_visit_pages(void (*visit)(const struct cb_page *page));

/// Whether a page is present, by an open /proc/self/pagemap.
bool cb_is_page_present(int pagemap, uintptr_t page);
