// What a job's process does between its birth and its program: it takes the job's identity, puts on
// the last layers, and receives the program. This code runs in PID 1 and its child, and in the
// children of zygotes.
//
// PID 1 is linked without libc: codebox-init has its own versions (calls.c, bytes.c, heap.c) of all
// libc functions that these sources call.
//
// Error convention: every step returns 0, or -1 with errno set. CB_TAKE_STEP reports (step, index,
// errno) and exits. `cb_index` is set by steps that work through a table.
#pragma once
#include <stdint.h>

#include "CWire.h"

extern int cb_index;

// Whether a layer is put on. A release build has no switch; see LayerSwitch.swift.
#ifdef CB_TEST_LAYERS
#define CB_IS_ON(spec, layer) (((spec)->layers_off & (layer)) == 0)
/// Makes the capabilities that this process has outlive its changes of ids, and exec.
int cb_keep_capabilities(void);
#else
#define CB_IS_ON(spec, layer) 1
#endif

// identity.c
/// Maps the process's own ids, where the warden is not root.
int cb_map_own_ids(const struct cb_spec *spec);
int cb_become_namespace_root(void);
int cb_lock_securebits(void);
int cb_drop_bounding_set(void);
int cb_take_job_ids(const struct cb_spec *spec);
int cb_drop_capabilities(void);
int cb_forbid_new_privileges(void);
int cb_join_own_keyring(void);
int cb_raise_oom_score(int value);
int cb_reset_signals(void);

// text.c: PID 1 has no libc, and so no snprintf.
enum { CB_NUMBER_BYTES = 21 };  // a 64-bit number in decimal, with the NUL
/// Writes a number, or a text, and a NUL. Returns the address of the NUL, where the next one goes
/// on.
char *cb_put_number(char *to, uint64_t number);
char *cb_put_text(char *to, const char *text);

// limits.c
/// Sets every resource limit of this process. `cb_index` is the number of one that can't be set.
/// @param limits CB_RLIMITS of them.
int cb_set_resource_limits(const struct cb_rlimit *limits);
/// In a zygote, before its first fork: notes its limits, so that children need not set those that
/// they inherit.
int cb_note_resource_limits(void);

// layers.c
/// Puts on every layer, from the job's own session to its limits, except for the seccomp filter.
void cb_put_on_layers(const struct cb_spec *spec, int notes);
int cb_install_job_filter(const struct cb_spec *spec, const void *filter);
/// Installs a filter that reports calls, and returns its listener.
int cb_install_telling_filter(const struct cb_spec *spec, const void *filter);

// program.c
struct cb_received {
    uint32_t flags;
    uint32_t argument_count;
    uint32_t environment_count;
    uint32_t heap_mib;
    // Both are in memory that is never freed.
    char **arguments;
    char **environment;
};
/// Receives the program from `job`, and its files into the current folder, and gives the process
/// the outputs that the program asks for. Exits silently if the client closes the socket before it
/// sends a byte.
void cb_receive_program(int job, int notes, struct cb_received *program);
/// Reports to `notes` that the program starts, and execs it.
_Noreturn void cb_exec_program(struct cb_received *program, int notes);

// heap.c
/// Has the exec'ed interpreter load CB_FD_HEAP, and tells it the heap's size by variables that the
/// object removes again.
int cb_size_heap(struct cb_received *program);

// report.c
void cb_send_note(int fd, const struct cb_note *note);
void cb_send_plain_note(int fd, enum cb_note_kind kind);
_Noreturn void cb_fail(int fd, enum cb_step step);

// Takes a step, or reports its failure to `fd` and exits.
#define CB_TAKE_STEP(fd, step, call) \
    do { \
        cb_index = 0; \
        if ((call) < 0) cb_fail(fd, step); \
    } while (0)
