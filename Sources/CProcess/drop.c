#include "CProcess.h"

#include <errno.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/securebits.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define FAIL(name) \
    do { \
        *failed_step = (name); \
        return -errno; \
    } while (0)

static int drop_bounding_set(void) {
    for (int capability = 0; capability < 64; capability++) {
        if (prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) != 0) {
            // EINVAL marks the first number this kernel does not know.
            return errno == EINVAL && capability > 0 ? 0 : -1;
        }
    }
    return 0;
}

static int clear_capabilities(void) {
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct data[2];
    memset(data, 0, sizeof data);
    return (int)syscall(SYS_capset, &header, data);
}

int cprocess_drop_privileges(uid_t uid, gid_t gid, const char **failed_step) {
    // Ambient first: it would survive the change of ids. Bounding set and securebits need
    // CAP_SETPCAP, which the change of ids takes away.
    if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) != 0) FAIL("clear ambient set");
    if (drop_bounding_set() != 0) FAIL("drop bounding set");
    unsigned long bits = SECBIT_NOROOT | SECBIT_NOROOT_LOCKED | SECBIT_NO_SETUID_FIXUP_LOCKED |
                         SECBIT_KEEP_CAPS_LOCKED | SECBIT_NO_CAP_AMBIENT_RAISE |
                         SECBIT_NO_CAP_AMBIENT_RAISE_LOCKED;
    if (prctl(PR_SET_SECUREBITS, bits, 0, 0, 0) != 0) FAIL("lock securebits");
    if (setgroups(0, NULL) != 0) FAIL("setgroups");
    if (setresgid(gid, gid, gid) != 0) FAIL("setresgid");
    if (setresuid(uid, uid, uid) != 0) FAIL("setresuid");
    if (clear_capabilities() != 0) FAIL("capset");
    return 0;
}

int cprocess_no_new_privileges(void) {
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 ? 0 : -errno;
}

int cprocess_die_with_parent(pid_t parent) {
    if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) return -errno;
    // The parent may have gone before the call took effect.
    return getppid() == parent ? 0 : -ESRCH;
}
