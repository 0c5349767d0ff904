#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "CJob.h"

#define STEP(step, call) CB_TAKE_STEP(notes, step, call)

static int enter_workspace(const struct cb_spec *spec) {
    umask(022);
    return chdir(spec->writable_root ? "/" : "/workspace");
}

void cb_put_on_layers(const struct cb_spec *spec, int notes) {
    STEP(CB_STEP_FORK, setsid());
    STEP(CB_STEP_OOM_SCORE, cb_raise_oom_score(spec->oom_score_adj));
#ifdef CB_TEST_LAYERS
    if (!CB_IS_ON(spec, CB_LAYER_CAPABILITIES)) STEP(CB_STEP_BOUNDING, cb_keep_capabilities());
#endif
    STEP(CB_STEP_SECUREBITS, cb_lock_securebits());
    if (CB_IS_ON(spec, CB_LAYER_CAPABILITIES)) STEP(CB_STEP_BOUNDING, cb_drop_bounding_set());
    STEP(CB_STEP_JOB_IDS, cb_take_job_ids(spec));
    // As the job's user: the kernel counts keys for each user, and no other sandbox has this one.
    // The zygote's user would be charged for the keyrings of all jobs that are forked from it.
    STEP(CB_STEP_KEYRING, cb_join_own_keyring());
    if (CB_IS_ON(spec, CB_LAYER_CAPABILITIES)) STEP(CB_STEP_CAPABILITIES, cb_drop_capabilities());
    STEP(CB_STEP_NO_NEW_PRIVS, cb_forbid_new_privileges());
    STEP(CB_STEP_RLIMIT, cb_set_resource_limits(spec->rlimits));
    STEP(CB_STEP_WORKSPACE, enter_workspace(spec));
}

static int set_filter(const struct cb_spec *spec, const void *filter, unsigned flags) {
    struct sock_fprog program = {.len = (unsigned short)spec->filter_length,
                                 .filter = (struct sock_filter *)filter};
    return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &program);
}

int cb_install_job_filter(const struct cb_spec *spec, const void *filter) {
    return set_filter(spec, filter, 0);
}

int cb_install_telling_filter(const struct cb_spec *spec, const void *filter) {
    // With this a signal's handler does not make a call fail (EINTR) that the warden has received.
    enum { CB_WAIT_KILLABLE = 1 << 5 };
    const unsigned flags = SECCOMP_FILTER_FLAG_NEW_LISTENER;
    const int listener = set_filter(spec, filter, flags | CB_WAIT_KILLABLE);
    // Linux before 5.19 does not have it.
    return listener < 0 && errno == EINVAL ? set_filter(spec, filter, flags) : listener;
}
