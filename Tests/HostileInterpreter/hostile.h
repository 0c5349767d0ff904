// The scenes of a hostile interpreter. Each returns the exit status; none runs for longer than
// CB_HOSTILE_SECONDS, whatever the warden does.
#pragma once

enum { CB_HOSTILE_SECONDS = 60 };

/// A good job's program: prints a line.
int play_job(void);

// gains.c
int play_gains(void);

// forks.c: what a zygote does with a fork request.
/// What a zygote does when asked to fork: `fds` as in enum cb_fork_fd.
typedef void hostile_fork(const int *fds, int count);

/// Says that it is ready, as a zygote does, and has each fork request handled until the warden
/// hangs up.
int serve_forks(hostile_fork *fork_job);

/// Hands the warden an eventfd as the job's pidfd.
int play_eventfd(void);
/// Writes pids of others into the cgroup files of the request, and tells the job's stdout how many
/// it has moved.
int play_moves(void);
/// Puts processes of its own into the sandbox's cgroups, one into each.
int play_lodgers(void);

// processes.c
/// Ends this process once its time is over, or by a signal before.
_Noreturn void stay(void);

/// Starts processes that outlive it, then serves as a zygote that never forks.
int play_daemons(void);
/// Sends the warden signals without a pause from the first fork request on, and tells that one's
/// stdout of the first that was delivered.
int play_flood(void);
