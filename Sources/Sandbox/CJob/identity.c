#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/keyctl.h>
#include <linux/securebits.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "CJob.h"

static int write_text(const char *path, const char *text) {
    int file = open(path, O_WRONLY | O_CLOEXEC);
    if (file < 0) return -1;
    ssize_t length = (ssize_t)strlen(text);
    ssize_t written = write(file, text, (size_t)length);
    int error = errno;
    close(file);
    errno = error;
    return written == length ? 0 : -1;
}

enum { ID_MAP_BYTES = 2 * CB_NUMBER_BYTES + sizeof "  1\n" };

static void put_id_map(char *text, uint32_t inside, uint32_t outside) {
    text = cb_put_text(cb_put_number(text, inside), " ");
    cb_put_text(cb_put_number(text, outside), " 1\n");
}

int cb_map_own_ids(const struct cb_spec *spec) {
    char uids[ID_MAP_BYTES], gids[ID_MAP_BYTES];
    put_id_map(uids, spec->job_uid, spec->outer_uid);
    put_id_map(gids, spec->job_gid, spec->outer_gid);
    // A group may be mapped only once setgroups is given up (user_namespaces(7)).
    if (write_text("/proc/self/setgroups", "deny") < 0) return -1;
    if (write_text("/proc/self/uid_map", uids) < 0) return -1;
    return write_text("/proc/self/gid_map", gids);
}

int cb_become_namespace_root(void) {
    // The process still has the warden's groups, which are the host's.
    if (setgroups(0, NULL) < 0) return -1;
    if (setresgid(0, 0, 0) < 0) return -1;
    return setresuid(0, 0, 0);
}

int cb_lock_securebits(void) {
    return prctl(PR_SET_SECUREBITS, SECBIT_NOROOT | SECBIT_NOROOT_LOCKED | SECBIT_NO_SETUID_FIXUP |
                                        SECBIT_NO_SETUID_FIXUP_LOCKED | SECBIT_KEEP_CAPS_LOCKED |
                                        SECBIT_NO_CAP_AMBIENT_RAISE |
                                        SECBIT_NO_CAP_AMBIENT_RAISE_LOCKED);
}

// Also in CLinux (privilege.c), which the server and the warden use: PID 1 has no libc, so it can't
// be linked with that module.
int cb_drop_bounding_set(void) {
    // Each drop makes new credentials, and the parent may have dropped all of them already: the
    // first one tells.
    bool asks = true;
    for (int capability = 0;; capability++) {
        const int is_there = asks ? prctl(PR_CAPBSET_READ, capability, 0, 0, 0) : 1;
        asks = is_there == 0;
        const int result =
            is_there > 0 ? prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) : is_there;
        // EINVAL marks the first number that this kernel does not know.
        if (result < 0) return errno == EINVAL && capability > 0 ? 0 : -1;
    }
}

int cb_take_job_ids(const struct cb_spec *spec) {
    if (!spec->separate_ids) return 0;  // one id is mapped, and the process has it
    if (setgroups(0, NULL) < 0) return -1;
    if (setresgid(spec->job_gid, spec->job_gid, spec->job_gid) < 0) return -1;
    return setresuid(spec->job_uid, spec->job_uid, spec->job_uid);
}

int cb_drop_capabilities(void) {
    if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) < 0) return -1;
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct none[2] = {{0}};
    return (int)syscall(SYS_capset, &header, none);
}

#ifdef CB_TEST_LAYERS
int cb_keep_capabilities(void) {
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct data[2] = {{0}};
    if (syscall(SYS_capget, &header, data) < 0) return -1;
    for (int word = 0; word < 2; word++) data[word].inheritable = data[word].permitted;
    if (syscall(SYS_capset, &header, data) < 0) return -1;
    for (int number = 0; number < 64; number++)
        if (data[number >> 5].permitted & (1u << (number & 31)) &&
            prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, number, 0, 0) < 0)
            return -1;
    return 0;
}
#endif

int cb_forbid_new_privileges(void) {
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

int cb_join_own_keyring(void) {
    long result = syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, NULL, 0, 0, 0);
    // A kernel without keyrings has none that could be shared.
    return result < 0 && errno != ENOSYS ? -1 : 0;
}

int cb_raise_oom_score(int value) {
    // The change of ids made this process undumpable, so that /proc/self belongs to the host's
    // root. The next change of ids makes it undumpable again.
    if (prctl(PR_SET_DUMPABLE, 1) < 0) return -1;
    char text[1 + CB_NUMBER_BYTES];
    char *digits = value < 0 ? cb_put_text(text, "-") : text;
    cb_put_number(digits, (uint64_t)(value < 0 ? -(int64_t)value : value));
    return write_text("/proc/self/oom_score_adj", text);
}

int cb_reset_signals(void) {
    // A raw system call, since libc refuses 32 and 33, which a parent may have left ignored.
    struct {
        void *handler;
        unsigned long flags;
        void *restorer;
        unsigned long mask;
    } standard = {0};
    for (int number = 1; number < NSIG; number++) {
        if (number == SIGKILL || number == SIGSTOP) continue;
        if (syscall(SYS_rt_sigaction, number, &standard, NULL, sizeof standard.mask) < 0) return -1;
    }
    sigset_t none;
    sigemptyset(&none);
    return sigprocmask(SIG_SETMASK, &none, NULL);
}
