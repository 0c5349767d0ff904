// Sizes V8's heaps, the main one and those of workers, by the job's memory instead of the
// machine's. Node's flag for this, --max-heap-size, would show in process.execArgv, be handed to
// the program's children, and override the limits that a program sets for its workers. So the size
// becomes the default from which node starts for each heap, and all else happens as in node.
#include "zygote_node.h"

static uint64_t heap_bytes;

// Replaces v8::ResourceConstraints::ConfigureDefaults.
static void configure_defaults(void *constraints, uint64_t physical_memory,
                               uint64_t address_space) {
    (void)physical_memory;
    (void)address_space;
    // The object's first member is the size of the code's range. It is for all heaps of the process
    // and only reserves addresses, so that it stays as it is in node.
    uint64_t *code_range = constraints;
    const uint64_t usual = *code_range;
    node.configure_heap(constraints, 0, heap_bytes);
    *code_range = usual;
}

void size_heaps(uint64_t mib) {
    if (mib == 0) return;
    heap_bytes = mib << 20;
    find_heap_symbols();
    // Node calls it in several places, some of them inlined.
    replace_function("_ZN2v819ResourceConstraints17ConfigureDefaultsEmm",
                     (const void *)configure_defaults);
}
