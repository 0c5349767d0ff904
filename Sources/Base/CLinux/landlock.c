#include <errno.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "CLinux.h"

#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule 445
#define SYS_landlock_restrict_self 446
#endif

// From <linux/landlock.h> of ABI 7. Debian 12 has the header of Linux 6.1, which ends at ABI 2.
struct ruleset {
    uint64_t handled_access_fs;
    uint64_t handled_access_net;  // since ABI 4
    uint64_t scoped;              // since ABI 6
};

struct path_beneath {
    uint64_t allowed_access;
    int32_t parent_fd;
} __attribute__((packed));

struct net_port {
    uint64_t allowed_access;
    uint64_t port;
};

enum { CREATE_RULESET_VERSION = 1, RULE_PATH_BENEATH = 1, RULE_NET_PORT = 2 };

int cb_landlock_abi(void) {
    long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, CREATE_RULESET_VERSION);
    return abi < 0 ? -errno : (int)abi;
}

int cb_landlock_ruleset(uint64_t files, uint64_t network, uint64_t scoped) {
    struct ruleset ruleset = {files, network, scoped};
    // A kernel refuses a structure whose unknown members are not zero.
    long fd = syscall(SYS_landlock_create_ruleset, &ruleset, sizeof ruleset, 0);
    return fd < 0 ? -errno : (int)fd;
}

int cb_landlock_allow_path(int ruleset, int path, uint64_t access) {
    struct path_beneath rule = {access, path};
    return syscall(SYS_landlock_add_rule, ruleset, RULE_PATH_BENEATH, &rule, 0) == 0 ? 0 : -errno;
}

int cb_landlock_allow_port(int ruleset, uint16_t port, uint64_t access) {
    struct net_port rule = {access, port};
    return syscall(SYS_landlock_add_rule, ruleset, RULE_NET_PORT, &rule, 0) == 0 ? 0 : -errno;
}

int cb_landlock_enforce(int ruleset) {
    return syscall(SYS_landlock_restrict_self, ruleset, 0) == 0 ? 0 : -errno;
}
