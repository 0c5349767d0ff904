#include <sys/resource.h>

#include "CJob.h"

int cb_set_resource_limits(const struct cb_spec *spec) {
    const struct {
        int resource;
        uint64_t value;
        int may_be_less;  // if the warden itself has less, the job gets that
    } limits[] = {
        // 1 and not 0: if core_pattern is a pipe, the kernel runs the host's handler even for 0. 1
        // prevents it (core(5)), and is too little for a file.
        {RLIMIT_CORE, 1, 1},
        {RLIMIT_NOFILE, spec->open_files, 0},
        {RLIMIT_FSIZE, spec->file_bytes, 0},
        {RLIMIT_STACK, spec->stack_bytes, 0},
        {RLIMIT_MEMLOCK, spec->locked_bytes, 0},
        {RLIMIT_NPROC, spec->processes, 1},
    };
    for (cb_index = 0; cb_index < (int)(sizeof limits / sizeof *limits); cb_index++) {
        const __rlimit_resource_t resource = (__rlimit_resource_t)limits[cb_index].resource;
        struct rlimit limit = {limits[cb_index].value, limits[cb_index].value};
        struct rlimit present;
        if (limits[cb_index].may_be_less) {
            if (getrlimit(resource, &present) < 0) return -1;
            if (present.rlim_max < limit.rlim_max)
                limit.rlim_cur = limit.rlim_max = present.rlim_max;
        }
        if (setrlimit(resource, &limit) < 0) return -1;
    }
    return 0;
}
