#include <errno.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <grp.h>
#include <signal.h>
#include <unistd.h>

#include "init.h"

// The zygote's start: its own view of the image, no privilege, then the interpreter, with the
// object that serves fork requests preloaded.

static struct {
    struct cb_zygote_spec spec;
    char strings[CB_ZYGOTE_STRING_BYTES];
} message;

enum { MAXIMUM_STRINGS = 256 };
static char *strings[MAXIMUM_STRINGS + 3];

static int receive_zygote_spec(void) {
    ssize_t count;
    do count = recv(CB_FD_CONTROL, &message, sizeof message, 0);
    while (count < 0 && errno == EINTR);
    if (count == 0) _exit(0);  // the warden gave up before it began
    if (count < 0) return -1;
    const struct cb_zygote_spec *spec = &message.spec;
    if (spec->magic != CB_MAGIC || (size_t)count != sizeof *spec + spec->string_bytes ||
        spec->argument_count == 0 ||
        (uint64_t)spec->argument_count + spec->environment_count > MAXIMUM_STRINGS) {
        errno = EPROTO;
        return -1;
    }
    return 0;
}

// Puts pointers to all strings into the table: arguments, NULL, environment, our own, NULL.
static int list_strings(char ***environment) {
    char *cursor = message.strings;
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

static int drop_privilege(void) {
    // Of the host's groups nothing may stay; an ordinary user's warden can't, and need not, drop any.
    if (geteuid() == 0 && setgroups(0, NULL) < 0) return -1;
    if (lock_securebits() < 0 || drop_bounding_set() < 0 || drop_capabilities() < 0) return -1;
    return forbid_new_privileges();
}

// As a job's process has it: libc sizes threads' stacks by what it finds at the start.
static int limit_stack(void) {
    struct rlimit limit = {message.spec.stack_bytes, message.spec.stack_bytes};
    return setrlimit(RLIMIT_STACK, &limit);
}

#define STEP(step, call) TAKE_STEP(CB_FD_CONTROL, step, call)

_Noreturn void start_zygote(void) {
    STEP(CB_STEP_SPEC, receive_zygote_spec());
    char **environment;
    STEP(CB_STEP_SPEC, list_strings(&environment));
    STEP(CB_STEP_PROPAGATION, make_mounts_private());
    int image = open_image(message.spec.rootfs);
    STEP(CB_STEP_IMAGE, image);
    int processes = open_host_proc();
    STEP(CB_STEP_PROC, processes);
    STEP(CB_STEP_ROOT, mount_root(image, message.spec.rootfs));
    STEP(CB_STEP_LOOPBACK, bring_loopback_up());
    STEP(CB_STEP_DEV, mount_dev());
    const struct cb_spec places = {.workspace_bytes = 1 << 20,
                                   .tmpfs_inodes = 256,
                                   .job_uid = geteuid(),
                                   .job_gid = getegid()};
    STEP(CB_STEP_TMPFS, mount_tmpfs(&places));
    STEP(CB_STEP_PROC, mount_host_proc(processes));
    STEP(CB_STEP_PIVOT, pivot());
    STEP(CB_STEP_WORKSPACE, chdir("/workspace"));
    umask(022);
    STEP(CB_STEP_RLIMIT, limit_stack());
    STEP(CB_STEP_SIGNALS, reset_signals());
    STEP(CB_STEP_CAPABILITIES, drop_privilege());
    STEP(CB_STEP_PARENT_DEATH, prctl(PR_SET_PDEATHSIG, SIGKILL));
    execve(strings[0], strings, environment);
    cb_index = 0;
    fail(CB_FD_CONTROL, CB_STEP_EXEC);
}
