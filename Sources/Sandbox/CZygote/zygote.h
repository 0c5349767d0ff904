// What the files of this target share.
#pragma once
#include <linux/filter.h>

#include "CJob.h"
#include "CLinux.h"
#include "CZygote.h"

/// A message of the warden: into which sandbox to fork.
struct fork_request {
    struct cb_spec spec;
    struct sock_filter filter[BPF_MAXINSNS];
    int fds[CB_MAXIMUM_FDS];
    int fd_count;
};

// fork.c
/// Forks into the request's sandbox. Returns 0 in the zygote, after it has told the warden of any
/// failure, and 1 in the child. The child is in the sandbox's user namespace, pid namespace and
/// cgroup, but in nothing else of it yet.
int fork_into(const struct fork_request *request);

// enter.c
/// In the child: waits until PID 1 has built the sandbox, enters its other namespaces, takes the
/// job's descriptors, and puts on every layer. Returns the seccomp filter's listener.
/// @param sizes_heap whether to keep the object that the zygote has preloaded, as CB_FD_HEAP
int enter_sandbox(const struct fork_request *request, bool sizes_heap);
