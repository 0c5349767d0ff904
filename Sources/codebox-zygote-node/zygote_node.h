// Between the files of this target. Node of an image is started with this object preloaded. It
// brings node to where `node main.js` is right before it looks for main.js, serves forks there, and
// in a child lets node go on by itself: no frame of ours is on any stack that a program sees.
//
// What makes a forked node whole again:
//   kernel.c       system calls that node's start may not make
//   threads.c      node's helper threads, which fork loses: parked before, revived when needed
//   descriptors.c  what event loops wait on, recorded
//   renewal.c      the same, made again in a child
//   forks.c        what libuv would do after a fork
//   callsites.c    the two places in node's main function where ours come in
//   stage.c        the first of them: between node's start and the program's, JavaScript of ours
//   ending.c       the second, and process.exit: leaving without taking node apart
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "CZygote.h"
#include "node_symbols.h"

// In the place of libc's functions, for node and whatever it links.
#define INTERPOSED __attribute__((visibility("default")))

// refusal.c
/// Reports on stderr why this node can't be forked, and exits. Its jobs are then exec'ed.
_Noreturn void give_up(const char *what, const char *which);

// phase.c
enum phase {
    PHASE_LOADING,   // before main
    PHASE_STARTING,  // node starts: the threads and descriptors it makes now are its helpers'
    PHASE_SERVING,   // the zygote; no thread but the main one
    PHASE_JOB,       // a forked child
};
extern enum phase phase;
/// What the zygote was started with; every job's arguments begin with these.
extern struct cb_program own_program;

// threads.c
/// Ends node's helper threads where they wait, so that they can be revived there.
void park_threads(void);
/// Whether the caller is a helper thread in its first life.
bool is_helper_in_zygote(void);
/// Readable while helpers that wait for descriptors shall be parked.
int helper_stop_event(void);
/// Parks the caller until wake_waiters_on_descriptors is called, in a child.
/// @param is_due whether it waits for time to pass, too, so that each child wakes it at once.
void park_for_descriptors(bool is_due);
void wake_waiters_on_descriptors(void);
/// In the zygote: notes which parked helpers wait for semaphores that have been posted.
void owe_semaphore_wakeups(void);
/// In a child: wakes the helpers that would be awake if threads survived a fork.
void deliver_owed_wakeups(void);

// descriptors.c
/// Its number has been closed.
void forget_descriptor(int number);

// forks.c
/// Gives up if libuv's handlers of forks were not seen, and so can't be left out.
void require_fork_handlers(void);

// renewal.c
/// In the zygote: notes what is in its event loops' descriptors.
/// @return a number above all of theirs.
int note_descriptors(void);
/// In a child: gives its event loops epoll sets, wake-ups and pipes of their own, with what was
/// noted in them. The zygote's are closed in it.
void renew_descriptors(void);

// callsites.c
/// Makes every call of `from` inside of `function` one of `to`; gives up if there is none.
void redirect_calls(const char *function, void *from, void *to);

// stage.c
struct std_function;
/// In the place of node::LoadEnvironment, for the main thread's environment.
void *load_environment(void *environment, struct std_function *start, struct std_function *preload);

// ending.c
/// In the place of node::SpinEventLoopInternal, for the main thread's environment.
uint64_t spin_event_loop(void *environment);
/// Has process.exit and fatal errors end the process as a job does.
void take_over_exit(void *environment);

// variables.c
/// Takes out what the warden added to have this object preloaded, as if it had never been there:
/// /proc/self/environ shows the bytes, not the pointers.
void remove_own_variables(char **environment);
/// Makes the environment the job's.
void replace_variables(const struct cb_program *program);

// clocks.c
/// Where they are: node's own milestones, and the loop's time since the environment's start.
void find_clocks(void *environment, double *milestones, uint64_t loop_time);
/// Makes now the moment in which the process began, for node.
void begin_clocks(void);

// randomness.c
/// In the zygote: finds what renew_randomness replaces.
void find_generator(void);
/// In a child: seeds what draws random numbers.
void renew_randomness(void);

// scratch.c
/// Has node find a file where there is none, until forget_files.
void pretend_file(const char *path, const char *content, size_t bytes);
void forget_files(void);
/// Does statx of a pretended file; false if there is none of that name.
bool stat_pretended(const char *path, unsigned mask, void *status, long *result);
/// Puts pipes in the place of descriptors 0, 1 and 2, until return_streams.
void borrow_streams(void);
void return_streams(void);

// pages.c
/// In the zygote: moves the interpreter's code to huge pages.
void enlarge_code_pages(void);
/// In the zygote: has what malloc gives from now on lie together.
void fill_heap_holes(void);
/// In the zygote: forks a child that is to go on as if it were a job's, in which it returns true.
/// Returns false once that has ended.
bool send_scout(void);
/// Ends the scout, where a job would end.
void leave_if_scout(void);
/// Makes a child's own copies of the pages that the scout wrote to, before it needs them.
void populate_pages(void);
