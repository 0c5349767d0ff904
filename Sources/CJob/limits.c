#include <sys/resource.h>

#include "codebox_job.h"

int set_resource_limits(const struct cb_spec *spec) {
    const struct {
        int resource;
        uint64_t value;
    } limits[] = {
        // Not 0: where core_pattern is a pipe, the host's handler is run for 0 all the same. 1 is
        // the value that prevents it (core(5)), and too little for a file.
        {RLIMIT_CORE, 1},
        {RLIMIT_NOFILE, spec->open_files},
        {RLIMIT_FSIZE, spec->file_bytes},
        {RLIMIT_STACK, spec->stack_bytes},
        {RLIMIT_MEMLOCK, spec->locked_bytes},
        {RLIMIT_NPROC, spec->processes},
    };
    for (cb_index = 0; cb_index < (int)(sizeof limits / sizeof *limits); cb_index++) {
        struct rlimit limit = {limits[cb_index].value, limits[cb_index].value};
        if (setrlimit((__rlimit_resource_t)limits[cb_index].resource, &limit) < 0) return -1;
    }
    return 0;
}
