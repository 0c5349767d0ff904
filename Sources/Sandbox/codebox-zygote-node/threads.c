// Node's helper threads (V8's workers, the scheduler of delayed tasks, the thread that waits for
// SIGUSR1) do not survive a fork. So each is parked before the first fork, where it waits: it saves
// its registers and ends, but its stack remains. When a child wakes what the helper waited for, a
// new thread starts on that stack and returns from the wait as if nothing had happened. Most
// programs never wake any.
//
// A wake-up that comes after a helper was parked, and before the zygote serves, resumes a helper
// that waits for a condition: it does its work, and is parked again. Any other wake-up in the
// zygote is owed: every child delivers it.
#include <alloca.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <ucontext.h>

#include "real.h"
#include "zygote_node.h"

enum {
    MAXIMUM_HELPERS = 80,
    GUARD_BYTES = 64 << 10,
    // Between the frames that start a thread and those of its first life, so that its second life
    // can start, and take a signal, without touching these.
    GAP_BYTES = 64 << 10,
    NAME_BYTES = 16,
};

enum state { RUNNING, STOPPING, PARKED, REVIVED };

struct helper {
    _Atomic enum state state;
    pthread_t thread;
    void *(*routine)(void *);
    void *argument;
    char *stack;
    size_t stack_bytes;
    const void *waits_for;  // condition, semaphore, or DESCRIPTORS
    pthread_mutex_t *mutex;
    _Atomic bool has_thread;
    _Atomic bool is_resumed;  // its thread goes on where it was parked
    _Atomic bool is_owed;     // a wake-up, since it was parked
    ucontext_t first_frame;
    ucontext_t wait;
    char name[NAME_BYTES];
};

static const char DESCRIPTORS;

// Readable while helpers that wait for descriptors must stop.
static int stop_event = -1;

static struct helper helpers[MAXIMUM_HELPERS];
static size_t helper_count;
static _Atomic int parked_count;
static _Atomic int revived_count;
static _Atomic bool is_parking;
static __attribute__((tls_model("initial-exec"))) _Thread_local struct helper *self;

// Runs the helper above a gap on its stack.
static __attribute__((noinline)) void *live(struct helper *helper) {
    char *gap = alloca(GAP_BYTES);
    __asm__ volatile("" ::"r"(gap) : "memory");
    return helper->routine(helper->argument);
}

static void *run_helper(void *argument) {
    struct helper *helper = argument;
    self = helper;
    getcontext(&helper->first_frame);
    if (helper->state == PARKED) return NULL;
    if (helper->is_resumed) {
        prctl(PR_SET_NAME, helper->name);
        setcontext(&helper->wait);
    }
    return live(helper);
}

// Returns in the helper's next life.
static void park(struct helper *helper, const void *waits_for) {
    helper->waits_for = waits_for;
    prctl(PR_GET_NAME, helper->name);
    helper->is_resumed = false;
    getcontext(&helper->wait);
    if (helper->is_resumed) return;
    parked_count++;
    helper->state = PARKED;
    setcontext(&helper->first_frame);
}

static int begin(struct helper *helper) {
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    // The same stack gives the same pthread_t, so node can go on using its own.
    int error = pthread_attr_setstack(&attributes, helper->stack, helper->stack_bytes);
    if (!error) error = real.pthread_create(&helper->thread, &attributes, run_helper, helper);
    pthread_attr_destroy(&attributes);
    return error;
}

static int map_stack(struct helper *helper, const pthread_attr_t *attributes) {
    enum { USUAL_BYTES = 8 << 20 };
    helper->stack_bytes = USUAL_BYTES;
    if (attributes) pthread_attr_getstacksize(attributes, &helper->stack_bytes);
    helper->stack_bytes += GAP_BYTES;
    char *area = mmap(NULL, helper->stack_bytes + GUARD_BYTES, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
    if (area == MAP_FAILED) return errno;
    mprotect(area, GUARD_BYTES, PROT_NONE);
    helper->stack = area + GUARD_BYTES;
    return 0;
}

static void open_stop_event(void) {
    if (stop_event >= 0) return;
    // Above the descriptors that node makes, so that these have the same numbers as without
    // CodeBox.
    enum { FIRST_NUMBER = 200 };
    const int made = real.eventfd(0, EFD_CLOEXEC);
    stop_event = fcntl(made, F_DUPFD_CLOEXEC, FIRST_NUMBER);
    real.close(made);
    if (stop_event < 0) give_up("no", "descriptors");
}

INTERPOSED int pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                              void *(*routine)(void *), void *argument) {
    if (phase != PHASE_STARTING) return real.pthread_create(thread, attributes, routine, argument);
    if (helper_count == MAXIMUM_HELPERS) give_up("it has too many", "threads");
    open_stop_event();
    struct helper *helper = &helpers[helper_count];
    *helper = (struct helper){.routine = routine, .argument = argument};
    int error = map_stack(helper, attributes);
    if (!error) error = begin(helper);
    if (error) return error;
    helper->has_thread = true;
    helper_count++;
    *thread = helper->thread;
    return 0;
}

int helper_stop_event(void) {
    return stop_event;
}

static void ask_to_stop(struct helper *helper) {
    // A helper that waits for a condition holds the mutex whenever it is not in that wait, so it
    // can't miss this.
    pthread_mutex_t *mutex = helper->mutex;
    if (mutex) pthread_mutex_lock(mutex);
    enum state running = RUNNING;
    if (atomic_compare_exchange_strong(&helper->state, &running, STOPPING) && mutex)
        real.cond_broadcast((pthread_cond_t *)helper->waits_for);
    if (mutex) pthread_mutex_unlock(mutex);
}

// Waits until every helper has parked. Returns whether any had not before.
static bool join_threads(void) {
    bool any = false;
    for (size_t i = 0; i < helper_count; i++) {
        if (!helpers[i].has_thread) continue;
        pthread_join(helpers[i].thread, NULL);
        helpers[i].has_thread = false;
        any = true;
    }
    return any;
}

// Helpers that wait for descriptors are parked once, and never resumed in the zygote.
static bool stop_and_join_threads(void) {
    static const uint64_t one = 1;
    const int stop = stop_event;
    if (stop >= 0 && real.write(stop, &one, sizeof one) < 0)
        give_up("it can't stop", "its threads");
    const bool any = join_threads();
    stop_event = -1;
    if (stop >= 0) real.close(stop);
    return any;
}

static bool waits_for_condition(const struct helper *helper) {
    return helper->mutex && helper->waits_for != &DESCRIPTORS;
}

// In the zygote, while it starts: has the helper go on with its first life.
static void resume(struct helper *helper) {
    enum state parked = PARKED;
    if (!atomic_compare_exchange_strong(&helper->state, &parked, RUNNING)) return;
    helper->is_resumed = true;
    parked_count--;
    if (begin(helper) != 0) give_up("it can't resume", "its threads");
    helper->has_thread = true;
}

bool park_threads(void) {
    is_parking = true;
    for (size_t i = 0; i < helper_count; i++) ask_to_stop(&helpers[i]);
    const bool any = stop_and_join_threads();
    is_parking = false;
    // One helper may have given work to another that was parked already.
    for (size_t i = 0; i < helper_count; i++)
        if (waits_for_condition(&helpers[i]) && atomic_exchange(&helpers[i].is_owed, false))
            resume(&helpers[i]);
    return any;
}

bool are_threads_parked(void) {
    for (size_t i = 0; i < helper_count; i++)
        if (helpers[i].has_thread) return false;
    return true;
}

// The frames that a parked helper returns to have saved the zygote's canary.
static void renew_canaries(const struct helper *helper) {
#if defined(__x86_64__)
    cb_renew_saved_canaries((uintptr_t)helper->wait.uc_mcontext.gregs[REG_RSP],
                            (uintptr_t)helper->stack + helper->stack_bytes);
#else
    (void)helper;
#endif
}

static void revive(struct helper *helper) {
    enum state parked = PARKED;
    if (!atomic_compare_exchange_strong(&helper->state, &parked, REVIVED)) return;
    renew_canaries(helper);
    helper->is_resumed = true;
    revived_count++;
    // Without the helper its work stays undone; the job's limit of processes may be the reason.
    if (begin(helper) != 0) helper->state = PARKED;
    else parked_count--;
}

int count_revived_threads(void) {
    return revived_count;
}

// In a child, starts the helper again; in the zygote, keeps the wake-up for the children, unless
// the helper can do its work there.
static void wake(struct helper *helper) {
    if (phase == PHASE_JOB) revive(helper);
    else if (phase == PHASE_STARTING && waits_for_condition(helper) && !is_parking) resume(helper);
    else helper->is_owed = true;
}

static bool is_asleep(const struct helper *helper, const void *awaited) {
    return helper->state == PARKED && helper->waits_for == awaited && !helper->is_owed;
}

// Wakes one helper that waits for a condition or semaphore.
static void wake_one(const void *awaited) {
    for (size_t i = 0; i < helper_count; i++)
        if (is_asleep(&helpers[i], awaited)) {
            wake(&helpers[i]);
            return;
        }
}

static void wake_all(const void *awaited) {
    for (size_t i = 0; i < helper_count; i++)
        if (is_asleep(&helpers[i], awaited)) wake(&helpers[i]);
}

void wake_waiters_on_descriptors(void) {
    if (parked_count > 0) wake_all(&DESCRIPTORS);
}

void owe_semaphore_wakeups(void) {
    for (size_t i = 0; i < helper_count; i++) {
        int value = 0;
        const struct helper *helper = &helpers[i];
        if (helper->state == PARKED && !helper->mutex && helper->waits_for != &DESCRIPTORS &&
            sem_getvalue((sem_t *)helper->waits_for, &value) == 0 && value > 0)
            wake_one(helper->waits_for);
    }
}

void deliver_owed_wakeups(void) {
    for (size_t i = 0; i < helper_count; i++) {
        if (!helpers[i].is_owed) continue;
        helpers[i].is_owed = false;
        revive(&helpers[i]);
    }
}

bool is_helper_in_zygote(void) {
    return self && self->state != REVIVED;
}

void park_for_descriptors(bool is_due) {
    self->is_owed = is_due;
    park(self, &DESCRIPTORS);
}

INTERPOSED int pthread_cond_wait(pthread_cond_t *condition, pthread_mutex_t *mutex) {
    struct helper *helper = self;
    if (!helper || helper->state == REVIVED) return real.cond_wait(condition, mutex);
    helper->waits_for = condition;
    helper->mutex = mutex;
    int result = helper->state == STOPPING ? 0 : real.cond_wait(condition, mutex);
    if (helper->state != STOPPING) return result;
    pthread_mutex_unlock(mutex);
    park(helper, condition);
    pthread_mutex_lock(mutex);
    return 0;
}

INTERPOSED int sem_wait(sem_t *semaphore) {
    if (is_helper_in_zygote()) park(self, semaphore);
    return real.sem_wait(semaphore);
}

INTERPOSED int pthread_cond_signal(pthread_cond_t *condition) {
    if (parked_count > 0) wake_one(condition);
    return real.cond_signal(condition);
}

INTERPOSED int pthread_cond_broadcast(pthread_cond_t *condition) {
    if (parked_count > 0) wake_all(condition);
    return real.cond_broadcast(condition);
}

INTERPOSED int sem_post(sem_t *semaphore) {
    int result = real.sem_post(semaphore);
    if (parked_count > 0) wake_one(semaphore);
    return result;
}
