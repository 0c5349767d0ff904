// PID 1 of a sandbox: builds it, starts the job's process, reports how it ended, and dies with its
// control socket. Small enough to be read whole: main.c has the sequence, the other files one
// kernel concern each.
//
// Error convention: every step returns 0, or -1 with errno set; main.c reports (step, index, errno)
// and exits. `cb_index` is set by steps that work through a table.
#pragma once
#include <stdint.h>

#include "codebox_protocol.h"
#include "codebox_spawn.h"

extern int cb_index;

// mounts.c
int open_image(const char *rootfs);                    // as the warden's own uid
int make_mounts_private(void);
int mount_root(int image, const char *rootfs);         // leaves the cwd in the new root
int mount_dev(void);
int mount_tmpfs(const struct cb_spec *spec);
int mount_proc(void);
int mask_proc(void);
int pivot(void);

// identity.c
int map_own_ids(const struct cb_spec *spec);            // for an ordinary user's warden
int become_namespace_root(void);
int lock_securebits(void);
int drop_bounding_set(void);
int take_job_ids(const struct cb_spec *spec);
int drop_capabilities(void);
int forbid_new_privileges(void);
int join_own_keyring(void);
int raise_oom_score(int value);
int reset_signals(void);

// network.c
int bring_loopback_up(void);

// limits.c
int set_resource_limits(const struct cb_spec *spec);

// job.c: the job's process. Never returns; notes go to `notes` until exec closes it. It takes no
// byte of a client's before `go` says that PID 1 has given up its privilege.
_Noreturn void run_job(const struct cb_spec *spec, const void *filter, int notes, int go);

int install_filter(const struct cb_spec *spec, const void *filter);

// supervise.c: PID 1's loop. Never returns.
_Noreturn void supervise(int job, int notes);

// report.c
void send_note(int fd, const struct cb_note *note);
_Noreturn void fail(int fd, enum cb_step step);

// Takes a step, or reports its failure to `fd` and exits.
#define TAKE_STEP(fd, step, call) \
    do { \
        cb_index = 0; \
        if ((call) < 0) fail(fd, step); \
    } while (0)
