// Sets node's start times. A job starts when its program comes.
#include <malloc.h>
#include <string.h>
#include <time.h>

#include "zygote_node.h"

enum {
    // Indexes of node::performance::PerformanceMilestone.
    TIME_ORIGIN_TIMESTAMP,
    TIME_ORIGIN,
    ENVIRONMENT,
    NODE_START,
    V8_START,
};

static double *milestones;

// Members of node's Environment; NULL if not found. The start of timers, on the loop's clock in
// milliseconds, and the time origin of garbage collection entries, in nanoseconds.
static uint64_t *timer_base;
static uint64_t *environment_origin;

// What performance.nodeTiming.uvMetricsInfo shows; NULL if not found.
static struct loop_metrics *loop_metrics;

// Returns the only word with this value; NULL if there are none or several.
static uint64_t *find_word(uint64_t *words, size_t count, uint64_t value) {
    uint64_t *found = NULL;
    for (size_t i = 0; i < count; i++) {
        if (words[i] != value) continue;
        if (found) return NULL;
        found = &words[i];
    }
    return found;
}

// The beginning of a uv_loop_t in uv.h.
struct loop_internal {
    unsigned flags;
    struct loop_metrics metrics;
};

struct loop_head {
    void *data;
    unsigned active_handles;
    void *handle_queue[2];
    void *active_requests;
    struct loop_internal *internal;
};

// Returns NULL if libuv keeps its metrics elsewhere.
static struct loop_metrics *find_loop_metrics(void) {
    const struct loop_head *loop = node.default_loop();
    struct loop_metrics metrics;
    node.loop_metrics((void *)loop, &metrics);
    const bool is_there = memcmp(&loop->internal->metrics, &metrics, sizeof metrics) == 0;
    return is_there ? &loop->internal->metrics : NULL;
}

void find_clocks(void *environment, double *own_milestones, uint64_t loop_time) {
    const size_t count = malloc_usable_size(environment) / sizeof(uint64_t);
    if (own_milestones[TIME_ORIGIN] != (double)*node.time_origin)
        give_up("it keeps its start times", "elsewhere");
    milestones = own_milestones;
    timer_base = find_word(environment, count, node.loop_time(node.default_loop()) - loop_time);
    environment_origin = find_word(environment, count, *node.time_origin);
    loop_metrics = find_loop_metrics();
}

// Returns the time now, at least 100 ns after `time`: node's milestones differ, and after some
// months a milestone, which has 53 bits, can't tell a few nanoseconds apart.
static uint64_t later_than(uint64_t time) {
    enum { STEP_NS = 100 };
    uint64_t now;
    do now = node.monotonic_time();
    while (now < time + STEP_NS);
    return now;
}

void begin_clocks(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    const uint64_t origin = node.monotonic_time(), start = later_than(origin);
    const uint64_t v8_start = later_than(start);
    const double timestamp = (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
    *node.time_origin = origin;
    *node.time_origin_timestamp = timestamp;
    *node.start_time = start;
    if (environment_origin) *environment_origin = origin;

    milestones[TIME_ORIGIN_TIMESTAMP] = timestamp;
    milestones[TIME_ORIGIN] = (double)origin;
    milestones[NODE_START] = (double)start;
    milestones[V8_START] = (double)v8_start;
    milestones[ENVIRONMENT] = (double)later_than(v8_start);

    // Timers count from the time that the loop last read, in the zygote.
    node.update_time(node.default_loop());
    if (timer_base) *timer_base = node.loop_time(node.default_loop());
    if (loop_metrics) *loop_metrics = (struct loop_metrics){0};
}
