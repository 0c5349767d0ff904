// clone3(2), which glibc has no wrapper for. Not in CLinux.h: <linux/sched.h> clashes with the
// <sched.h> of modules that Swift imports.
#pragma once
#include <linux/sched.h>
#include <sys/types.h>

#ifndef CLONE_CLEAR_SIGHAND
#define CLONE_CLEAR_SIGHAND 0x100000000ULL
#endif
#ifndef CLONE_INTO_CGROUP
#define CLONE_INTO_CGROUP 0x200000000ULL
#endif

/// Clones a child on another stack. The child calls function(argument) and exits with its result.
/// Returns the child's pid, or -errno.
long cb_clone3(struct clone_args *args, int (*function)(void *), void *argument);

/// Calls cb_clone3 as the uid that then owns the new user namespace; 0: as the caller's. Only its
/// owner may enter it from outside (user_namespaces(7)): a zygote has this uid. The real uid
/// changes too, since an exec that follows drops the capabilities of a process whose effective uid
/// differs from the real one.
long cb_clone3_as(uid_t owner, struct clone_args *args, int (*function)(void *), void *argument);
