#include "CProcess.h"

// Swift's runtime calls this hook, where one is set, with each job that any thread may run.
// See swift/Runtime/Concurrency.h; Swift can't name it, since its calling convention is the runtime's.
#define SWIFT_CALL __attribute__((swiftcall))
extern void *swift_task_enqueueGlobal_hook __attribute__((weak));
extern SWIFT_CALL void swift_job_run(void *job, void *identity, void *implementation)
    __attribute__((weak));

static void (*take)(void *job);

static SWIFT_CALL void hook(void *job, void *original) {
    (void)original;
    take(job);
}

int cprocess_take_jobs(void (*enqueue)(void *job)) {
    if (&swift_task_enqueueGlobal_hook == 0 || swift_job_run == 0) return -1;
    take = enqueue;
    swift_task_enqueueGlobal_hook = (void *)hook;
    return 0;
}

void cprocess_run_job(void *job) {
    // No executor in particular, as on the runtime's own threads.
    swift_job_run(job, 0, 0);
}
