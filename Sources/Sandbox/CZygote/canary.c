#include "CZygote.h"

#include <string.h>
#include <sys/auxv.h>
#include <sys/random.h>

// A function that guards its frame saves the thread's canary there and compares the two before it
// returns. All children of a zygote would have the zygote's canary: what one job reads in its own
// memory would be that of the others. So each child draws a new one. The frames that are active
// then have saved the old one; their copies are replaced, too. The compiler keeps no copy in a
// register across a call.
//
// On x86-64 the canary is in the thread's control block, for glibc and musl alike, and threads made
// later take it from there. On arm64 it is a variable of the dynamic loader, in memory that is
// read-only by now, and stays.

#if defined(__x86_64__)

static uintptr_t former;
static uintptr_t current;

// Without a guard of its own, since the canary changes while it runs.
#define UNGUARDED __attribute__((no_stack_protector, noinline))

UNGUARDED void cb_renew_saved_canaries(uintptr_t from, uintptr_t to) {
    if (former == current) return;
    uintptr_t *const end = (uintptr_t *)to;
    for (uintptr_t *word = (uintptr_t *)(from & ~(sizeof *word - 1)); word < end; word++)
        if (*word == former) *word = current;
}

UNGUARDED int cb_renew_canary(void) {
    uintptr_t drawn;
    if (getrandom(&drawn, sizeof drawn, 0) != sizeof drawn) return -1;
    __asm__ volatile("mov %%fs:0x28, %0" : "=r"(former));
    // The lowest byte is zero, which ends what a program copies as text.
    current = drawn & ~(uintptr_t)0xff;
    __asm__ volatile("mov %0, %%fs:0x28" ::"r"(current) : "memory");
    // libc has derived the canary from these bytes, which lie above all frames.
    const uintptr_t origin = getauxval(AT_RANDOM);
    if (!origin) return 0;
    memcpy((void *)origin, &drawn, sizeof drawn);
    cb_renew_saved_canaries((uintptr_t)__builtin_frame_address(0), origin);
    return 0;
}

#else

void cb_renew_saved_canaries(uintptr_t from, uintptr_t to) {
    (void)from;
    (void)to;
}

int cb_renew_canary(void) {
    return 0;
}

#endif
