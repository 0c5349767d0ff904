// Seeds generators anew, so that no two children draw the same random numbers. V8 has one for each
// isolate, from which Math.random takes its state at its first call, and OpenSSL has another. Both
// were seeded in the zygote.
#include <fcntl.h>
#include <malloc.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "real.h"
#include "zygote_node.h"

// v8::base::RandomNumberGenerator
struct generator {
    uint64_t seed;
    uint64_t state[2];
};

static struct generator *generator;

// Reads memory that may not be mapped; returns false if it is not. The kernel checks the address
// when it fills a pipe from there, which needs no privilege.
static bool read_memory(const int pipe[2], const void *address, void *bytes, size_t count) {
    ssize_t written = real.write(pipe[1], address, count);
    return written > 0 && real.read(pipe[0], bytes, (size_t)written) == (ssize_t)count;
}

static bool looks_random(uint64_t value) {
    return value >> 48 != 0 && value >> 48 != 0xffff;
}

// Whether the candidate's state follows from its seed.
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
    int pipe[2];
    if (real.pipe2(pipe, O_CLOEXEC) < 0) give_up("no", "pipes");
    for (size_t i = 0; i < count && !generator; i++) {
        struct generator candidate;
        if (words[i] && (uintptr_t)words[i] % sizeof(uint64_t) == 0 &&
            read_memory(pipe, words[i], &candidate, sizeof candidate) && is_generator(&candidate))
            generator = words[i];
    }
    real.close(pipe[0]);
    real.close(pipe[1]);
    if (!generator) give_up("it keeps its random numbers", "elsewhere");
}

void renew_randomness(void) {
    if (getrandom(generator, sizeof *generator, 0) != sizeof *generator)
        give_up("no", "random numbers");
    // OpenSSL detects a fork by a change of its pid, which is the same in every job.
    node.random_poll();
}
