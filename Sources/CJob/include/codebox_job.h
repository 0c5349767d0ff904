// What a job's process does between its birth and its program: takes the job's identity, puts on
// the last layers, and receives the program. PID 1's child and a zygote's do the same.
//
// PID 1 is linked without libc: what these sources call of it, codebox-init has in calls.c, bytes.c
// and start.c.
//
// Error convention: every step returns 0, or -1 with errno set; TAKE_STEP reports (step, index,
// errno) and exits. `cb_index` is set by steps that work through a table.
#pragma once
#include <stdint.h>

#include "codebox_protocol.h"
#include "codebox_spawn.h"

extern int cb_index;

// identity.c
int map_own_ids(const struct cb_spec *spec);  // for an ordinary user's warden
int become_namespace_root(void);
int lock_securebits(void);
int drop_bounding_set(void);
int take_job_ids(const struct cb_spec *spec);
int drop_capabilities(void);
int forbid_new_privileges(void);
int join_own_keyring(void);
int raise_oom_score(int value);
int reset_signals(void);

// text.c: PID 1 has no libc, and so no snprintf.
enum { NUMBER_BYTES = 21 };  // of 64 bits, in decimal, with the NUL
/// Writes a number, or a text, and a NUL; returns where the NUL is, for the next to go on there.
char *put_number(char *to, uint64_t number);
char *put_text(char *to, const char *text);

// limits.c
int set_resource_limits(const struct cb_spec *spec);

// layers.c
/// Everything from the job's own session to its limits, the seccomp filter excepted.
void put_on_layers(const struct cb_spec *spec, int notes);
int install_filter(const struct cb_spec *spec, const void *filter);
/// The same; returns the listener of a filter that tells of calls.
int install_telling_filter(const struct cb_spec *spec, const void *filter);

// program.c
struct cb_received {
    uint32_t flags;
    uint32_t argument_count;
    uint32_t environment_count;
    char **arguments;  // both in memory that is never freed
    char **environment;
};
/// Receives the program from `job`, its files into the current folder; exits silently if the client
/// closes the socket before it sends a byte.
void receive_program(int job, int notes, struct cb_received *program);
/// Tells `notes` that it starts, and execs it.
_Noreturn void exec_program(const struct cb_received *program, int notes);

// report.c
void send_note(int fd, const struct cb_note *note);
void send_plain_note(int fd, enum cb_note_kind kind);
_Noreturn void fail(int fd, enum cb_step step);

// Takes a step, or reports its failure to `fd` and exits.
#define TAKE_STEP(fd, step, call) \
    do { \
        cb_index = 0; \
        if ((call) < 0) fail(fd, step); \
    } while (0)
