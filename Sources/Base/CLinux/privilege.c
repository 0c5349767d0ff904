#include <errno.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/securebits.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "CLinux.h"

enum { CAPABILITY_WORDS = 2 };
typedef struct __user_cap_data_struct capabilities[CAPABILITY_WORDS];

// The capabilities that the warden needs, each with its reason. It drops all others.
static const int kept_capabilities[] = {
    CAP_CHOWN,         // gives the standard streams to the job, and its socket to the server
    CAP_DAC_OVERRIDE,  // /proc/<pid>/uid_map and gid_map belong to the sandbox's owner
    CAP_KILL,          // sandboxes' processes have other uids
    CAP_SETGID,        // maps of gids
    CAP_SETUID,        // maps of uids, and the uid of a sandbox's owner
    CAP_SETPCAP,       // bounding sets and securebits of children
    CAP_NET_ADMIN,     // loopback in a zygote's network namespace
    CAP_SYS_CHROOT,    // setns of a mount namespace requires it
    CAP_SYS_PTRACE,    // opens a template's namespace in /proc
    CAP_SYS_ADMIN,     // namespaces and mounts
    CAP_SYS_RESOURCE,  // sets the oom_score_adj below which a job can't go
};

// Those of them without which no sandbox can be made.
static const struct {
    int number;
    const char *name;
} required_capabilities[] = {
    {CAP_CHOWN, "CHOWN"},         {CAP_DAC_OVERRIDE, "DAC_OVERRIDE"},
    {CAP_KILL, "KILL"},           {CAP_SETGID, "SETGID"},
    {CAP_SETUID, "SETUID"},       {CAP_SETPCAP, "SETPCAP"},
    {CAP_NET_ADMIN, "NET_ADMIN"}, {CAP_SYS_CHROOT, "SYS_CHROOT"},
    {CAP_SYS_ADMIN, "SYS_ADMIN"},
};

static int get_capabilities(capabilities held) {
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    return (int)syscall(SYS_capget, &header, held);
}

static int set_capabilities(const capabilities wanted) {
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    return (int)syscall(SYS_capset, &header, wanted);
}

static uint32_t bit_of(int capability) {
    return 1u << (capability & 31);
}

int cb_missing_capabilities(char *text, size_t capacity) {
    capabilities held = {{0}};
    text[0] = 0;
    if (get_capabilities(held) < 0) return -errno;
    size_t used = 0;
    for (size_t i = 0; i < sizeof required_capabilities / sizeof *required_capabilities; i++) {
        const int number = required_capabilities[i].number;
        if (held[number >> 5].effective & bit_of(number)) continue;
        const int count = snprintf(text + used, capacity - used, "%s%s", used ? "," : "",
                                   required_capabilities[i].name);
        if (count < 0 || (size_t)count >= capacity - used) return -E2BIG;
        used += (size_t)count;
    }
    return 0;
}

static int is_among(int capability, const int *kept, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (kept[i] == capability) return 1;
    return 0;
}

// Drops all but these `count` capabilities from the bounding set.
static int limit_bounding_set(const int *kept, size_t count) {
    // All may be dropped already, by a process that may drop none: the first one tells.
    int asks = 1;
    for (int capability = 0;; capability++) {
        if (is_among(capability, kept, count)) continue;
        const int is_there = asks ? prctl(PR_CAPBSET_READ, capability, 0, 0, 0) : 1;
        asks = is_there == 0;
        const int result = is_there > 0 ? prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) : is_there;
        // EINVAL marks the first number that this kernel does not know.
        if (result < 0) return errno == EINVAL && capability > 0 ? 0 : -1;
    }
}

static int hold_only_needed(const capabilities held) {
    const size_t count = sizeof kept_capabilities / sizeof *kept_capabilities;
    if (limit_bounding_set(kept_capabilities, count) < 0) return -1;
    // Neither an exec nor a change of uids gives or takes capabilities. The warden takes the uid of
    // a sandbox's owner for the clone, and keeps its capabilities meanwhile.
    if (prctl(PR_SET_SECUREBITS, SECBIT_NOROOT | SECBIT_NOROOT_LOCKED | SECBIT_NO_SETUID_FIXUP |
                                     SECBIT_NO_SETUID_FIXUP_LOCKED | SECBIT_KEEP_CAPS_LOCKED) < 0)
        return -1;
    capabilities kept = {{0}};
    for (size_t i = 0; i < count; i++) {
        const int word = kept_capabilities[i] >> 5;
        // A container may lack a capability. The step that needs it then fails and says so.
        const uint32_t bit = held[word].permitted & bit_of(kept_capabilities[i]);
        kept[word].permitted |= bit;
        kept[word].effective |= bit;
    }
    return set_capabilities(kept);
}

int cb_keep_needed_capabilities(void) {
    capabilities held = {{0}};
    if (get_capabilities(held) < 0) return -errno;
    // A container may leave root without CAP_SETPCAP, and then nothing can be dropped.
    const int may_drop = held[CAP_SETPCAP >> 5].effective & bit_of(CAP_SETPCAP) ? 1 : 0;
    if (may_drop && hold_only_needed(held) < 0) return -errno;
    return cb_set_no_new_privs();
}

#define FAIL(name) \
    do { \
        *failed_step = (name); \
        return -errno; \
    } while (0)

int cb_drop_privileges(uid_t uid, gid_t gid, const char **failed_step) {
    static const capabilities none;
    // The ambient set comes first, since it would survive the change of ids. Bounding set and
    // securebits need CAP_SETPCAP, which the change of ids takes away.
    if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) != 0) FAIL("clear ambient set");
    if (limit_bounding_set(NULL, 0) != 0) FAIL("drop bounding set");
    unsigned long bits = SECBIT_NOROOT | SECBIT_NOROOT_LOCKED | SECBIT_NO_SETUID_FIXUP_LOCKED |
                         SECBIT_KEEP_CAPS_LOCKED | SECBIT_NO_CAP_AMBIENT_RAISE |
                         SECBIT_NO_CAP_AMBIENT_RAISE_LOCKED;
    if (prctl(PR_SET_SECUREBITS, bits, 0, 0, 0) != 0) FAIL("lock securebits");
    if (setgroups(0, NULL) != 0) FAIL("setgroups");
    if (setresgid(gid, gid, gid) != 0) FAIL("setresgid");
    if (setresuid(uid, uid, uid) != 0) FAIL("setresuid");
    if (set_capabilities(none) != 0) FAIL("capset");
    return 0;
}

int cb_set_no_new_privs(void) {
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ? -errno : 0;
}

int cb_restrict_speculation(void) {
    static const unsigned long kinds[] = {PR_SPEC_STORE_BYPASS, PR_SPEC_INDIRECT_BRANCH};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (prctl(PR_SET_SPECULATION_CTRL, kinds[i], PR_SPEC_FORCE_DISABLE, 0UL, 0UL) < 0)
            return -errno;
    return 0;
}

int cb_forbid_tracing(void) {
    return prctl(PR_SET_DUMPABLE, 0UL, 0UL, 0UL, 0UL) < 0 ? -errno : 0;
}
