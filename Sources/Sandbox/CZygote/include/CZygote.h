// The part of a zygote that is the same for every language: it takes fork requests from the warden,
// forks, and enters the sandbox. It runs in a zygote and in the job's process that is forked from
// it.
//
// A language's own part (codebox-zygote-python, codebox-zygote-node) brings an interpreter to the
// point right before it would read its program, calls cb_zygote_serve, and goes on with the program
// when that returns. Both parts are linked into one shared object, with which the image's
// interpreter is started (LD_PRELOAD of an inherited descriptor). So no image contains anything of
// CodeBox.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// ---- serve.c ---------------------------------------------------------------------------------

/// The program of a job, as its client sent it; its files are in the workspace by then.
struct cb_program {
    char **arguments;    // NULL-terminated argv, the interpreter's own path first
    char **environment;  // NULL-terminated "NAME=value"
    uint32_t argument_count;
    uint32_t environment_count;
};

/// What a language does around a fork. Any function may be NULL.
struct cb_zygote_hooks {
    /// In the zygote, right before a fork and right after it.
    void (*before_fork)(void);
    void (*after_fork_in_parent)(void);
    /// In the child, right after the fork: no layer is on yet, and no byte of a client was read.
    void (*after_fork_in_child)(void);
    /// In the child, with every layer on, while it waits for its program: touches the memory that
    /// the program's first steps will touch. It must leave no trace that a program could see.
    void (*prewarm)(void);
    /// `prewarm` makes no descriptor with this number or a higher one; 0 if it makes none. At most
    /// CB_FD_HEAP.
    int first_free_descriptor;
    /// The zygote's object also sizes the heaps of exec'ed interpreters.
    bool sizes_heap;
    /// How many of the interpreter's threads a small program wakes, by what a scout has found. The
    /// warden is told; it should be 0.
    int woken_threads;
};

/// Serves the warden's fork requests. It returns only in a child, in its sandbox with all layers
/// on, after its program has come, if the program may run in a forked interpreter; other programs
/// are exec'ed. The child then has the job's file descriptors 0, 1 and 2, and no others.
///
/// In the zygote it never returns; the zygote exits when the warden closes its control socket.
void cb_zygote_serve(const struct cb_zygote_hooks *hooks, struct cb_program *program);

/// Tells the warden that the program has ended and exits at once, without libc's handlers.
/// @param status exit code, 0-255.
_Noreturn void cb_zygote_exit(int status);

// ---- canary.c --------------------------------------------------------------------------------

/// In the child, on the zygote's main stack: draws a new stack canary, and replaces the copies of
/// the zygote's in the active frames. Returns 0, or -1 with errno.
int cb_renew_canary(void);

/// In the child, after that: replaces the copies in the frames of a thread that is not running.
/// @param from, to the used part of its stack; addresses
void cb_renew_saved_canaries(uintptr_t from, uintptr_t to);

// ---- pages.c: for a scout, a zygote's child that reports which memory a program uses ----------

enum { CB_PAGE_BYTES = 4096 };

struct cb_page {
    uintptr_t start;
    bool is_writable;  // its mapping is writable
    bool is_own;       // anonymous, and no other process has it: written to since the fork
    bool is_file;      // of a file, or shared
};

/// Visits every page that is present in the readable private mappings of this process, in the order
/// of addresses. It leaves out what can't be read in /proc.
void cb_visit_pages(void (*visit)(const struct cb_page *page));

struct cb_range {
    uintptr_t start, end;  // of whole pages
};

/// Has every fork copy these pages, instead of sharing them until a process writes to them. It
/// spares a child the faults, and calls that copy pages ahead. The copies count as the zygote's
/// memory. Once in a zygote: what is pinned stays so.
/// @return how many of the ranges are not pinned, since the kernel does not offer it or a page
/// can't be; these come first then
size_t cb_pin_ranges(struct cb_range *ranges, size_t count);

/// Whether a page is present, by an open /proc/self/pagemap.
bool cb_is_page_present(int pagemap, uintptr_t page);
