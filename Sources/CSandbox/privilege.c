#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <linux/securebits.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "codebox_spawn.h"

int cb_enter_own_mounts(void) {
    if (unshare(CLONE_NEWNS) < 0) return -errno;
    // What the host mounts later, such as a disk with images, still arrives; nothing goes back.
    if (mount(NULL, "/", NULL, MS_REC | MS_SLAVE, NULL) < 0) return -errno;
    // Of the warden's own pid namespace: pids in it are those that clone3 returns.
    if (mount("none", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) < 0) return -errno;
    return 0;
}

// What the warden needs, each with its reason; it gives up all others.
static const int kept_capabilities[] = {
    CAP_CHOWN,         // standard streams become the job's, the socket the server's
    CAP_DAC_OVERRIDE,  // /proc/<pid>/uid_map and gid_map of a sandbox belong to that one's owner
    CAP_KILL,          // its sandboxes' processes have other uids
    CAP_SETGID,        // maps of gids
    CAP_SETUID,        // maps of uids, and a sandbox's owner
    CAP_SETPCAP,       // bounding sets and securebits of what it makes
    CAP_NET_ADMIN,     // loopback in a zygote's network namespace
    CAP_SYS_CHROOT,    // setns of a mount namespace asks for it
    CAP_SYS_PTRACE,    // holding on to a template's namespace by /proc
    CAP_SYS_ADMIN,     // namespaces and mounts
    CAP_SYS_RESOURCE,  // oom_score_adj as the least that a job can set itself
};

static int is_kept(int capability) {
    for (size_t i = 0; i < sizeof kept_capabilities / sizeof *kept_capabilities; i++)
        if (kept_capabilities[i] == capability) return 1;
    return 0;
}

static int is_held(int capability) {
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct held[2] = {{0}};
    if (syscall(SYS_capget, &header, held) < 0) return 0;
    return (held[capability >> 5].effective >> (capability & 31)) & 1;
}

static int drop_other_bounding_capabilities(void) {
    for (int capability = 0;; capability++) {
        int is_there = prctl(PR_CAPBSET_READ, capability, 0, 0, 0);
        // EINVAL: past the last capability that this kernel knows.
        if (is_there < 0) return errno == EINVAL && capability > 0 ? 0 : -1;
        if (is_there && !is_kept(capability) && prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) < 0)
            return -1;
    }
}

static int hold_only_needed(void) {
    if (drop_other_bounding_capabilities() < 0) return -1;
    // Neither an exec nor a change of uids gives or takes any: the warden takes the uid of a
    // sandbox's owner for the clone, and keeps its capabilities meanwhile.
    if (prctl(PR_SET_SECUREBITS, SECBIT_NOROOT | SECBIT_NOROOT_LOCKED | SECBIT_NO_SETUID_FIXUP |
                                     SECBIT_NO_SETUID_FIXUP_LOCKED | SECBIT_KEEP_CAPS_LOCKED) < 0)
        return -1;
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct held[2] = {{0}}, kept[2] = {{0}};
    if (syscall(SYS_capget, &header, held) < 0) return -1;
    for (size_t i = 0; i < sizeof kept_capabilities / sizeof *kept_capabilities; i++) {
        const int word = kept_capabilities[i] >> 5;
        // One that a container leaves out is missed by the step that needs it, which says so.
        const uint32_t bit = held[word].permitted & 1u << (kept_capabilities[i] & 31);
        kept[word].permitted |= bit;
        kept[word].effective |= bit;
    }
    return (int)syscall(SYS_capset, &header, kept);
}

int cb_keep_needed_capabilities(void) {
    // Without a user namespace, an ordinary user's warden holds no capability to give up. It can make
    // no sandbox either; the first request reports that.
    if (is_held(CAP_SETPCAP) && hold_only_needed() < 0) return -errno;
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ? -errno : 0;
}

int cb_install_filter(const void *filter, size_t bytes) {
    struct sock_fprog program = {.len = (unsigned short)(bytes / sizeof(struct sock_filter)),
                                 .filter = (struct sock_filter *)filter};
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) < 0 ? -errno : 0;
}

void cb_refuse_descriptors(int socket) {
    enum { CB_SO_PASSRIGHTS = 83 };
    const int no = 0;
    (void)setsockopt(socket, SOL_SOCKET, CB_SO_PASSRIGHTS, &no, sizeof no);
}

int cb_reopen_as(uid_t uid, const int *fds, int count, int *opened) {
    const uid_t own = geteuid();
    if (uid != (uid_t)-1 && syscall(SYS_setresuid, -1, uid, -1) < 0) return -errno;
    int done = 0, error = 0;
    for (; done < count && error == 0; done++) {
        char path[32];
        snprintf(path, sizeof path, "/proc/self/fd/%d", fds[done]);
        opened[done] = open(path, O_WRONLY | O_CLOEXEC);
        if (opened[done] < 0) error = errno;
    }
    // One that can't come back to its uid must not go on.
    if (uid != (uid_t)-1 && syscall(SYS_setresuid, -1, own, -1) < 0) abort();
    if (error == 0) return 0;
    for (int i = 0; i < done - 1; i++) close(opened[i]);
    return -error;
}

int cb_open_confined(const char *folder) {
    enum { CB_OPEN_TREE_CLONE = 1 };
    int tree = (int)syscall(SYS_open_tree, AT_FDCWD, folder, CB_OPEN_TREE_CLONE | O_CLOEXEC);
    return tree < 0 ? -errno : tree;
}

int cb_pid_of(int pidfd) {
    char path[48], text[512];
    snprintf(path, sizeof path, "/proc/self/fdinfo/%d", pidfd);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    ssize_t count = read(file, text, sizeof text - 1);
    close(file);
    if (count <= 0) return 0;
    text[count] = 0;
    const char *line = strstr(text, "\nPid:");
    if (!line) return -EBADF;
    int pid = atoi(line + strlen("\nPid:"));
    return pid > 0 ? pid : 0;
}

int cb_is_listener(int fd) {
    static const char expected[] = "anon_inode:seccomp notify";
    char path[32], name[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    ssize_t count = readlink(path, name, sizeof name);
    return count == (ssize_t)strlen(expected) && memcmp(name, expected, (size_t)count) == 0;
}
