// Nothing random may come out the same in two children. V8 keeps a generator for each isolate, from
// which also Math.random draws its first state, when a program first calls it; OpenSSL keeps
// another. Both were seeded in the zygote.
#include <malloc.h>
#include <string.h>
#include <sys/random.h>
#include <sys/uio.h>
#include <unistd.h>

#include "zygote_node.h"

// v8::base::RandomNumberGenerator
struct generator {
    uint64_t seed;
    uint64_t state[2];
};

static struct generator *generator;

static bool read_memory(const void *address, void *bytes, size_t count) {
    struct iovec here = {bytes, count}, there = {(void *)address, count};
    return process_vm_readv(getpid(), &here, 1, &there, 1, 0) == (ssize_t)count;
}

static bool looks_random(uint64_t value) {
    return value >> 48 != 0 && value >> 48 != 0xffff;
}

// Whether its state is one that its seed leads to.
static bool is_generator(const struct generator *candidate) {
    enum { MOST_STEPS = 1 << 16 };
    struct {
        struct generator generator;
        uint64_t spare[4];
    } copy;
    if (!looks_random(candidate->seed) || !looks_random(candidate->state[0]) ||
        !looks_random(candidate->state[1]))
        return false;
    node.generator_seed(&copy.generator, (int64_t)candidate->seed);
    for (int step = 0; step < MOST_STEPS; step++) {
        uint8_t byte;
        if (memcmp(copy.generator.state, candidate->state, sizeof candidate->state) == 0)
            return true;
        node.generator_next(&copy.generator, &byte, sizeof byte);
    }
    return false;
}

void find_generator(void) {
    struct generator **words = node.isolate_current();
    const size_t count = malloc_usable_size(words) / sizeof *words;
    for (size_t i = 0; i < count && !generator; i++) {
        struct generator candidate;
        if (words[i] && (uintptr_t)words[i] % sizeof(uint64_t) == 0 &&
            read_memory(words[i], &candidate, sizeof candidate) && is_generator(&candidate))
            generator = words[i];
    }
    if (!generator) give_up("it keeps its random numbers", "elsewhere");
}

void renew_randomness(void) {
    if (getrandom(generator, sizeof *generator, 0) != sizeof *generator)
        give_up("no", "random numbers");
    // It would look at its pid, which tells it nothing: every job's is the same.
    node.random_poll();
}
