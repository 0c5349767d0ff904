// What the supervisor, the server's start and `codebox doctor` need of the kernel and Swift can't
// call: variadic prctl and syscall, and code between fork and exit.
//
// Every function returns 0 (or a value >= 0) on success and a negated errno on failure.
#ifndef CPROCESS_H
#define CPROCESS_H

#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/types.h>

// Starts a program in a process group of its own, so that a terminal's Ctrl-C reaches the
// supervisor alone. It inherits 1, 2 and, as 3, `inherited` (none if negative); 0 is /dev/null;
// signals are reset. Returns its pid.
pid_t cprocess_spawn(const char *path, char *const arguments[], char *const environment[],
                     int inherited);

// A pipe that no child inherits unless it is told to: pipe2(O_CLOEXEC).
int cprocess_pipe(int ends[2]);

// What fstat says of an open file or place.
struct cprocess_status {
    uint64_t device, inode, links;
    int64_t size;
    mode_t mode;
    uid_t uid;
};
int cprocess_describe(int descriptor, struct cprocess_status *status);

// Opens what a name in a folder means without opening the file itself (O_PATH, which glibc hides
// from Swift). A symbolic link is opened as such unless `follows` is not 0.
int cprocess_open_place(int folder, const char *name, int follows);

// Becomes uid and gid for good: no groups, no capability in any set, bounding set empty,
// securebits locked. `failed_step` names the call that failed. Must run single-threaded.
int cprocess_drop_privileges(uid_t uid, gid_t gid, const char **failed_step);

// Nothing executed from here on gains privilege (PR_SET_NO_NEW_PRIVS).
int cprocess_no_new_privileges(void);

// The kernel sends SIGKILL when the parent ends; fails with ESRCH if that has already happened.
// Changing ids clears it, so this comes after cprocess_drop_privileges.
int cprocess_die_with_parent(pid_t parent);

// The version of Landlock's interface that the kernel offers, from 1 on; a negated errno where there
// is none (-ENOSYS) or it was turned off at boot (-EOPNOTSUPP). Landlock's calls have no wrappers in
// glibc.
int cprocess_landlock_abi(void);

// A ruleset that denies these rights wherever no rule allows them. Rights that the kernel's version
// does not know are refused with -EINVAL. Returns a descriptor.
int cprocess_landlock_ruleset(uint64_t files, uint64_t network, uint64_t scoped);

// Allows rights on an opened place and all below it. Rights that only folders have are refused for
// a file with -EINVAL.
int cprocess_landlock_allow_path(int ruleset, int path, uint64_t access);

// Allows rights on a TCP port.
int cprocess_landlock_allow_port(int ruleset, uint16_t port, uint64_t access);

// Puts the ruleset on the calling thread, for good. Needs no_new_privs.
int cprocess_landlock_enforce(int ruleset);

// Installs a seccomp filter, an array of `struct sock_filter`, on the calling thread, for good.
// Needs no_new_privs.
int cprocess_install_filter(const void *instructions, unsigned short count);

// 0 if the kernel has the system call, -ENOSYS if not, -EPERM if a filter forbids it. The call is
// made with arguments that do nothing.
int cprocess_probe_clone3(void);
int cprocess_probe_pidfd_open(void);
int cprocess_probe_mount_setattr(void);
int cprocess_probe_fsopen(void);
int cprocess_probe_close_range(void);

// 0 if seccomp filters can be installed.
int cprocess_probe_seccomp_filter(void);

// Tries, in a child, to enter new namespaces (CLONE_NEW* flags); the child then ends.
int cprocess_probe_namespaces(int flags);

// Tries, in a child with new user (unless root), pid and mount namespaces, to mount a fresh proc.
int cprocess_probe_fresh_proc(void);

#endif
