#include <errno.h>
#include <sys/resource.h>

#include "CJob.h"

_Static_assert(RLIMIT_NLIMITS == CB_RLIMITS, "every limit is set");

// Sets what this process may have of a limit: its own hard limit, if that is lower.
static int set_what_is_left(__rlimit_resource_t resource, const struct cb_rlimit *wanted) {
    struct rlimit limit;
    if (getrlimit(resource, &limit) < 0) return -1;
    if (wanted->promised && limit.rlim_max < wanted->soft) {
        errno = EPERM;
        return -1;
    }
    if (limit.rlim_max > wanted->hard) limit.rlim_max = wanted->hard;
    limit.rlim_cur = limit.rlim_max < wanted->soft ? limit.rlim_max : wanted->soft;
    return setrlimit(resource, &limit);
}

// The limits that this process's parent had, if they are known.
static struct rlimit inherited[CB_RLIMITS];
static int knows_inherited;

int cb_note_resource_limits(void) {
    for (int i = 0; i < CB_RLIMITS; i++)
        if (getrlimit((__rlimit_resource_t)i, &inherited[i]) < 0) return -1;
    knows_inherited = 1;
    return 0;
}

static int is_inherited(int index, const struct rlimit *limit) {
    return knows_inherited && inherited[index].rlim_cur == limit->rlim_cur &&
           inherited[index].rlim_max == limit->rlim_max;
}

int cb_set_resource_limits(const struct cb_rlimit *limits) {
    for (cb_index = 0; cb_index < CB_RLIMITS; cb_index++) {
        const __rlimit_resource_t resource = (__rlimit_resource_t)cb_index;
        const struct cb_rlimit *wanted = &limits[cb_index];
        const struct rlimit limit = {wanted->soft, wanted->hard};
        if (is_inherited(cb_index, &limit) || setrlimit(resource, &limit) == 0) continue;
        // A process without CAP_SYS_RESOURCE can't raise its hard limit.
        if (errno != EPERM || set_what_is_left(resource, wanted) < 0) return -1;
    }
    return 0;
}
