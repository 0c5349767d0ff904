// Between the files of this target: what a fork request brings.
#pragma once
#include <linux/filter.h>

#include "codebox_job.h"
#include "codebox_zygote.h"

struct fork_request {
    struct cb_spec spec;
    struct sock_filter filter[BPF_MAXINSNS];
    int fds[CB_MAXIMUM_FDS];
    int fd_count;
};

// fork.c
/// Forks into the request's sandbox. Returns 1 in the child, which has the sandbox's user namespace,
/// pid namespace and cgroup but nothing else of it yet; 0 in the zygote. What failed, the warden
/// has been told.
int fork_into(const struct fork_request *request);

// enter.c: in the child.
/// Waits until PID 1 has built the sandbox, takes the job's descriptors and the sandbox's other namespaces, and puts on every layer.
/// Returns the seccomp filter's listener.
int enter(const struct fork_request *request);
