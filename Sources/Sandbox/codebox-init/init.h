// PID 1 of a sandbox builds the sandbox, starts the job's process, reports how it ended, and ends
// with its control socket. The same program builds templates' mount namespaces and starts zygotes.
// It runs without libc. main.c has the sequence, each other file one concern of the kernel.
//
// Error convention: as in CJob.h.
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "CJob.h"

// mounts.c
int make_mounts_private(void);       // comes first: copies of private mounts are private
int open_image(const char *rootfs);  // as the warden's own uid
// Leaves the current folder in the new root.
// @param writable only the warden of a build asks for it
int mount_root(int image, const char *rootfs, uint32_t writable);
int mount_dev(void);
int mount_terminals(void);  // a devpts of its own
int mount_tmpfs(const struct cb_spec *spec);
int mount_proc(bool hides);
// The host's /proc, for a zygote where the warden is not root: it lives in the warden's pid
// namespace, and an ordinary user can't mount another /proc of that.
int open_host_proc(void);
int mount_host_proc(int tree);
// Makes all of /proc read-only. Files in /proc/sys check the owner's uid, not a capability.
int make_proc_read_only(void);
int pivot(void);
// Makes what is mounted on a folder read-only.
int make_read_only(const char *folder);

// covers.c: hides entries of /proc.
// Which covers this kernel needs none of, now or later: a bit for each, by a /proc that was just
// mounted.
uint64_t find_absent_covers(void);
// `cb_index` is the number of an entry that can't be covered.
// @param absent what find_absent_covers returned on this kernel, or 0
int mask_proc(uint64_t absent);

// interfaces.c: an object that the dynamic loader preloads into a sandbox's programs.
int place_interfaces(int object);

// network.c
int bring_loopback_up(void);

// sysctls.c: bounds of the sandbox's own namespaces. They come before /proc/sys is read-only. They
// are written through the /proc in the current folder.
int bound_network(void);      // as CAP_NET_ADMIN, once for each network namespace
int forbid_namespaces(void);  // as CAP_SYS_RESOURCE, after the last namespace is made

// job.c: the job's process. Notes go to `notes` until exec closes it. The process reads no byte of
// a client before `go` says that PID 1 has dropped its privilege.
_Noreturn void run_job(const struct cb_spec *spec, const void *filter, int notes, int go);

// pins.c: leaves CB_FD_PINS open, if the kernel lets it.
void open_pins(void);

// zygote.c: the interpreter that jobs' processes are forked from.
_Noreturn void start_zygote(void);

// supervise.c: PID 1's loop.
_Noreturn void supervise(int job, int notes);
// PID 1's loop if the job's process is not its child: it reaps, and ends with its control socket.
_Noreturn void supervise_hollow(void);
