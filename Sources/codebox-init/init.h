// PID 1 of a sandbox: builds it, starts the job's process, reports how it ended, and dies with its
// control socket. Small enough to be read whole: main.c has the sequence, the other files one
// kernel concern each.
//
// Error convention: as in codebox_job.h.
#pragma once
#include "CJob.h"

// mounts.c
int make_mounts_private(void);                  // first: what is cloned from one is private
int open_image(const char *rootfs);             // as the warden's own uid
int mount_root(int image, const char *rootfs);  // leaves the cwd in the new root
int mount_dev(void);
int mount_tmpfs(const struct cb_spec *spec);
int mount_proc(void);
int mask_proc(void);
// A zygote lives in the warden's pid namespace. An ordinary user's can't have another /proc of that.
int open_host_proc(void);
int mount_host_proc(int tree);
// Makes all of /proc read-only. Files in /proc/sys check the owner's uid, not a capability.
int make_proc_read_only(void);
int pivot(void);

// network.c
int bring_loopback_up(void);

// job.c: the job's process. Never returns; notes go to `notes` until exec closes it. It takes no
// byte of a client's before `go` says that PID 1 has given up its privilege.
_Noreturn void run_job(const struct cb_spec *spec, const void *filter, int notes, int go);

// zygote.c: the interpreter that jobs' processes are forked from. Never returns.
_Noreturn void start_zygote(void);

// supervise.c: PID 1's loop. Never returns.
_Noreturn void supervise(int job, int notes);
// The same where the job's process is not its child: reaps, and ends with its control socket.
_Noreturn void supervise_hollow(void);
