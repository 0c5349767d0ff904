#include <errno.h>
#include <grp.h>
#include <linux/filter.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "init.h"

// Starts a zygote: makes its own view of the image, drops all privilege, and execs the interpreter
// with the object preloaded that serves fork requests.

static struct {
    struct cb_zygote_spec spec;
    // The filter's instructions, then the strings.
    char rest[BPF_MAXINSNS * sizeof(struct sock_filter) + CB_ZYGOTE_STRING_BYTES];
} message;

static char *strings[CB_ZYGOTE_STRINGS + 3];

static size_t filter_bytes(void) {
    return (size_t)message.spec.filter_length * sizeof(struct sock_filter);
}

static int receive_zygote_spec(void) {
    ssize_t count;
    do count = recv(CB_FD_CONTROL, &message, sizeof message, 0);
    while (count < 0 && errno == EINTR);
    if (count == 0) _exit(0);  // the warden gave up before it began
    if (count < 0) return -1;
    const struct cb_zygote_spec *spec = &message.spec;
    if (spec->magic != CB_MAGIC || spec->filter_length == 0 || spec->filter_length > BPF_MAXINSNS ||
        (size_t)count != sizeof *spec + filter_bytes() + spec->string_bytes ||
        spec->argument_count == 0 ||
        (uint64_t)spec->argument_count + spec->environment_count > CB_ZYGOTE_STRINGS) {
        errno = EPROTO;
        return -1;
    }
    return 0;
}

// Fills the table with pointers to arguments, NULL, environment, LD_PRELOAD, NULL.
static int list_strings(char ***environment) {
    char *cursor = message.rest + filter_bytes();
    const char *end = cursor + message.spec.string_bytes;
    char **next = strings;
    const uint32_t total = message.spec.argument_count + message.spec.environment_count;
    for (uint32_t i = 0; i < total; i++) {
        if (i == message.spec.argument_count) *next++ = NULL;
        char *stop = memchr(cursor, 0, (size_t)(end - cursor));
        if (!stop) {
            errno = EPROTO;
            return -1;
        }
        *next++ = cursor;
        cursor = stop + 1;
    }
    if (message.spec.environment_count == 0) *next++ = NULL;
    *environment = strings + message.spec.argument_count + 1;
    *next++ = "LD_PRELOAD=/proc/self/fd/4";
    *next = NULL;
    return 0;
}
_Static_assert(CB_FD_PRELOAD == 4, "as LD_PRELOAD says");

// Masks /proc before a tmpfs covers the files that entries are masked with. All of /proc is
// read-only, since many files in /proc/sys check the owner's uid and not a capability.
static int mount_zygote_proc(int host_tree) {
    if ((message.spec.separate_ids ? mount_proc(true) : mount_host_proc(host_tree)) < 0) return -1;
    if (mask_proc(0) < 0) return -1;
    return make_proc_read_only();
}

// Takes a uid that neither root nor another zygote has.
static int take_zygote_ids(void) {
    const struct cb_zygote_spec *spec = &message.spec;
    if (!spec->separate_ids) return 0;
    if (setresgid(spec->gid, spec->gid, spec->gid) < 0) return -1;
    return setresuid(spec->uid, spec->uid, spec->uid);
}

static int drop_privilege(void) {
    // Drops the host's groups. A warden that is not root can't, and need not, drop its user's
    // groups.
    if (message.spec.separate_ids && setgroups(0, NULL) < 0) return -1;
    if (cb_lock_securebits() < 0 || cb_drop_bounding_set() < 0 || take_zygote_ids() < 0 ||
        cb_drop_capabilities() < 0)
        return -1;
    return cb_forbid_new_privileges();
}

// The filter holds from before the interpreter's start, and for all processes that the zygote
// forks.
static int install_zygote_filter(void) {
    const struct cb_spec filter = {.filter_length = message.spec.filter_length};
    return cb_install_job_filter(&filter, message.rest);
}

#define STEP(step, call) CB_TAKE_STEP(CB_FD_CONTROL, step, call)

_Noreturn void start_zygote(void) {
    STEP(CB_STEP_SPEC, receive_zygote_spec());
    const struct cb_zygote_spec *spec = &message.spec;
    char **environment;
    STEP(CB_STEP_SPEC, list_strings(&environment));
    // A session of its own keeps signals to the zygote's process group from the warden's, as well
    // as changes of its scheduling.
    STEP(CB_STEP_SIGNALS, setsid());
    STEP(CB_STEP_PROPAGATION, make_mounts_private());
    int image = open_image(spec->rootfs);
    STEP(CB_STEP_IMAGE, image);
    int processes = spec->separate_ids ? -1 : open_host_proc();
    if (!spec->separate_ids) STEP(CB_STEP_PROC, processes);
    STEP(CB_STEP_ROOT, mount_root(image, spec->rootfs, 0));
    STEP(CB_STEP_LOOPBACK, bring_loopback_up());
    STEP(CB_STEP_DEV, mount_dev());
    STEP(CB_STEP_PROC, mount_zygote_proc(processes));
    const struct cb_spec places = {.workspace_bytes = 1 << 20,
                                   .tmpfs_inodes = 256,
                                   .job_uid = spec->separate_ids ? spec->uid : geteuid(),
                                   .job_gid = spec->separate_ids ? spec->gid : getegid()};
    STEP(CB_STEP_TMPFS, mount_tmpfs(&places));
    STEP(CB_STEP_PIVOT, pivot());
    STEP(CB_STEP_WORKSPACE, chdir("/workspace"));
    umask(022);
    // Those of a job, as far as no job needs more: libc derives the size of threads' stacks from
    // one when the interpreter starts.
    STEP(CB_STEP_RLIMIT, cb_set_resource_limits(spec->rlimits));
    STEP(CB_STEP_SIGNALS, cb_reset_signals());
    open_pins();
    STEP(CB_STEP_CAPABILITIES, drop_privilege());
    STEP(CB_STEP_PARENT_DEATH, prctl(PR_SET_PDEATHSIG, SIGKILL));
    STEP(CB_STEP_SECCOMP, install_zygote_filter());
    execve(strings[0], strings, environment);
    cb_index = 0;
    cb_fail(CB_FD_CONTROL, CB_STEP_EXEC);
}
