// clone3(2), which glibc has no wrapper for. Not in CLinux.h: <linux/sched.h> clashes with the
// <sched.h> of modules that Swift imports.
#pragma once
#include <linux/sched.h>

#ifndef CLONE_CLEAR_SIGHAND
#define CLONE_CLEAR_SIGHAND 0x100000000ULL
#endif
#ifndef CLONE_INTO_CGROUP
#define CLONE_INTO_CGROUP 0x200000000ULL
#endif

/// Clones a child on another stack. The child calls function(argument) and exits with its result.
/// Returns the child's pid, or -errno.
long cb_clone3(struct clone_args *args, int (*function)(void *), void *argument);
