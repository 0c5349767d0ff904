// What the files of this target share. The image's node is started with this object preloaded. It
// brings node to the point right before `node main.js` looks for main.js, serves forks there, and
// lets node go on in a child. No stack that a program sees has a frame of this object.
//
// What makes a forked node whole again:
//   chunks.c       places V8's pages next to each other
//   kernel.c       system calls that node's start may not make
//   threads.c      node's helper threads, which a fork loses: parked before, revived when needed
//   descriptors.c  records what event loops wait on
//   renewal.c      makes it again in a child
//   forks.c        skips what libuv would do after a fork
//   callsites.c    redirects two calls of node's main function
//   stage.c        the first of them: runs JavaScript between node's start and the program's
//   ending.c       the second, and process.exit: ends without taking node apart
//
// A node that is exec'ed for a job has this object, too, but only to size its heap (heap.c).
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "CZygote.h"
#include "node_symbols.h"

// Marks functions that replace libc's, for node and the libraries that it links.
#define INTERPOSED __attribute__((visibility("default")))

// refusal.c
/// Reports on stderr why this node can't be forked, and exits. Its jobs are then exec'ed.
_Noreturn void give_up(const char *what, const char *which);

// phase.c
enum phase {
    PHASE_LOADING,   // before main
    PHASE_STARTING,  // node starts: its threads and descriptors are those of its helpers
    PHASE_SERVING,   // the zygote, with its main thread only
    PHASE_JOB,       // a forked child
};
extern enum phase phase;
/// The zygote's own command; every job's arguments begin with its arguments.
extern struct cb_program own_program;

// threads.c
/// In the zygote: waits until node's helper threads have done their work, and ends them where they
/// wait, so that they can be revived there. Returns whether there were any: what they did may have
/// given them new work.
bool park_threads(void);
/// Whether no helper thread was resumed since then.
bool are_threads_parked(void);
/// In a child: how many helper threads were revived.
int count_revived_threads(void);
/// Whether the caller is a helper thread in its first life.
bool is_helper_in_zygote(void);
/// A descriptor that is readable while helpers that wait for descriptors must stop.
int helper_stop_event(void);
/// Parks the caller, until wake_waiters_on_descriptors is called in a child.
/// @param is_due whether the caller has a timeout, too, so that each child wakes it at once.
void park_for_descriptors(bool is_due);
void wake_waiters_on_descriptors(void);
/// In the zygote: notes which parked helpers wait for semaphores that have been posted.
void owe_semaphore_wakeups(void);
/// In a child: wakes the helpers that would be awake if threads survived a fork.
void deliver_owed_wakeups(void);

// descriptors.c
/// Forgets a descriptor whose number has been closed.
void forget_descriptor(int number);

// forks.c
/// Gives up if libuv has registered no fork handlers here, so that they can't be skipped.
void require_fork_handlers(void);

// renewal.c
/// In the zygote: notes what the descriptors of its event loops contain.
/// @return a number above all of theirs.
int note_descriptors(void);
/// In a child: gives its event loops their own epoll sets, wake-ups and pipes, with the noted
/// content, and closes the zygote's.
void renew_descriptors(void);

// callsites.c
/// Redirects the one call of `from` in `function` to `to`; gives up if there is not exactly one.
void redirect_calls(const char *function, void *from, void *to);
/// Has every call of a function go to another one; the function itself can't be called any more.
void replace_function(const char *function, const void *by);

// stage.c
struct std_function;
/// Replaces node::LoadEnvironment for the main thread's environment.
void *load_environment(void *environment, struct std_function *start, struct std_function *preload);

// ending.c
/// Replaces node::SpinEventLoopInternal for the main thread's environment.
uint64_t spin_event_loop(void *environment);
/// Has process.exit and fatal errors end the process as a job ends.
void take_over_exit(void *environment);

// chunks.c
/// Has V8's pages lie next to each other from here on.
void choose_area(void);

// heap.c
/// Has node give its heaps this size together, unless the program says otherwise; 0: node's own.
void size_heaps(uint64_t mib);

// variables.c
/// Whether this node was exec'ed for a job, with this object to size its heap only.
bool is_exec_job(void);
/// Returns the heap's size that the job's process named, and leaves the job's own variables.
uint64_t take_job_heap_mib(char **environment);
/// Returns the size of a zygote's heap; 0: none is named.
uint64_t zygote_heap_mib(char **environment);
/// Removes the variables that the warden added to preload this object, from the bytes that
/// /proc/self/environ shows, too.
void remove_own_variables(char **environment);
/// Whether these ask for a zygote that has loaded what removes types from TypeScript.
extern bool warms_typescript;
/// Sets the environment to the job's. Returns whether it differs from the zygote's.
bool replace_variables(const struct cb_program *program);

// clocks.c
/// In the zygote: finds where node keeps its start times.
/// @param milestones node's own, in nanoseconds
/// @param loop_time the loop's time since the environment's start, in milliseconds
void find_clocks(void *environment, double *milestones, uint64_t loop_time);
/// In a child: sets node's start times to now.
void begin_clocks(void);

// randomness.c
/// In the zygote: finds the generator that renew_randomness seeds.
void find_generator(void);
/// In a child: seeds all generators of random numbers anew.
void renew_randomness(void);

// scratch.c
/// Has node find a file that does not exist, until forget_files.
void pretend_file(const char *path, const char *content, size_t bytes);
void forget_files(void);
/// Does statx of a pretended file; returns false if there is none of that name.
bool stat_pretended(const char *path, unsigned mask, void *status, long *result);
/// Puts pipes in the place of descriptors 0, 1 and 2, until return_streams.
void borrow_streams(void);
void return_streams(void);

// pages.c
/// In the zygote: moves the interpreter's code to huge pages.
void enlarge_code_pages(void);
/// In the zygote: has malloc allocate in one place from now on.
void fill_heap_holes(void);
/// In the zygote: forks a child that goes on like a job's. Returns true in the child, and false in
/// the zygote after the child has ended.
/// @param revived how many helper threads the child has revived
bool send_scout(int *revived);
/// In the zygote: has forks copy the pages that the last scout wrote to, where the kernel can.
void pin_pages(void);
/// Ends the scout, where a job would end.
void leave_if_scout(void);
/// In a child: copies the pages that the scout wrote to, and that forks do not copy, before they
/// are needed.
void populate_pages(void);
