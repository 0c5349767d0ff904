#include "zygote_node.h"

enum phase phase = PHASE_LOADING;
struct cb_program own_program;

// In an exec'ed job, which only has its heap sized, no function of this object changes anything.
// Runs before any other constructor but real.c's.
__attribute__((constructor(102))) static void find_phase(void) {
    if (is_exec_job()) phase = PHASE_JOB;
}
