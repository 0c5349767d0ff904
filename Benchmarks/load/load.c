// load [OPTIONS] spawn ARGV… | load [OPTIONS] http PORT: writes to stdout a struct outcome, then
// the latencies, each a uint64 of nanoseconds, in the order in which the answers came.
#include "load.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { MOST_IN_FLIGHT = 4096, SILENCE_MS = 60000, READ_BYTES = 1 << 18 };

struct outcome {
    uint64_t elapsed_ns;
    uint64_t machine_cpu_us;  // spent by the whole machine meanwhile
    uint64_t own_cpu_us;      // of which by this process
    uint64_t cpu_source;      // where machine_cpu_us is from: index in CPU_FILES
    uint64_t count;
};

static const char *const CPU_FILES[] = {
    "/sys/fs/cgroup/cpuacct/cpuacct.usage",  // v1: ns
    "/sys/fs/cgroup/cpu.stat",               // v2: "usage_usec N" first
    "/proc/stat",                            // ticks
};

static const struct driver *driver;
static struct options options;
static struct slot *slots;
static int slot_count = 1, epoll = -1, cpu_file = -1, cpu_source;

void fail(const char *format, ...) {
    int error = errno;
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "load: ");
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fprintf(stderr, error ? ": %s\n" : "\n", strerror(error));
    for (int i = 0; i < slot_count && slots != NULL; i++) driver->abandon(&slots[i]);
    exit(1);
}

void show_mismatch(const struct slot *slot, const char *what) {
    errno = 0;
    fail("%s; expected %.200s, got %zu bytes: %.2000s", what, options.expected.at,
         slot->answer.length, slot->answer.at ? slot->answer.at : "");
}

static uint64_t now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

static uint64_t own_cpu_us(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (uint64_t)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000 +
           (uint64_t)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

static void open_cpu_file(void) {
    for (cpu_source = 0; cpu_source < 3; cpu_source++) {
        cpu_file = open(CPU_FILES[cpu_source], O_RDONLY | O_CLOEXEC);
        if (cpu_file >= 0) return;
    }
    fail("this machine does not tell its CPU time");
}

static uint64_t machine_cpu_us(void) {
    char text[512] = "";
    if (pread(cpu_file, text, sizeof text - 1, 0) <= 0) fail("reading %s", CPU_FILES[cpu_source]);
    if (cpu_source == 0) return strtoull(text, NULL, 10) / 1000;
    if (cpu_source == 1) return strtoull(text + strlen("usage_usec "), NULL, 10);
    // cpu user nice system idle iowait irq softirq: all but idle and iowait
    unsigned long long t[7] = {0};
    sscanf(text, "cpu %llu %llu %llu %llu %llu %llu %llu", &t[0], &t[1], &t[2], &t[3], &t[4], &t[5],
           &t[6]);
    return (t[0] + t[1] + t[2] + t[5] + t[6]) * 1000000 / (uint64_t)sysconf(_SC_CLK_TCK);
}

void watch(int descriptor, uint32_t events, const struct slot *slot, int which) {
    struct epoll_event event = {.events = events,
                                .data.u64 = (uint64_t)slot->index * 4 + (uint64_t)which};
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) == 0) return;
    if (errno != EEXIST || epoll_ctl(epoll, EPOLL_CTL_MOD, descriptor, &event) != 0)
        fail("epoll_ctl");
}

void unwatch(int descriptor) {
    if (epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, NULL) != 0) fail("epoll_ctl");
}

int read_available(int descriptor, struct bytes *into) {
    for (;;) {
        if (into->capacity - into->length < READ_BYTES) {
            into->capacity = 2 * into->capacity + READ_BYTES;
            // One byte more, so that it is a string for messages.
            into->at = realloc(into->at, into->capacity + 1);
            if (into->at == NULL) fail("realloc");
        }
        size_t room = into->capacity - into->length;
        ssize_t got = read(descriptor, into->at + into->length, room);
        if (got == 0) return 0;
        if (got < 0 && (errno == EAGAIN || errno == EINTR)) return 1;
        if (got < 0) fail("reading an answer");
        into->length += (size_t)got;
        into->at[into->length] = '\0';
        if ((size_t)got < room) return 1;
    }
}

static struct bytes file_bytes(const char *path) {
    struct bytes bytes = {0};
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) fail("%s", path);
    while (read_available(file, &bytes)) {
    }
    close(file);
    return bytes;
}

struct plan {
    double seconds, gap_ms;
    uint64_t least, most;
};

static void sleep_ms(double ms) {
    struct timespec rest = {.tv_sec = (time_t)(ms / 1e3)};
    rest.tv_nsec = (long)((ms - (double)rest.tv_sec * 1e3) * 1e6);
    while (nanosleep(&rest, &rest) != 0 && errno == EINTR) {
    }
}

static void begin(struct slot *slot, const struct plan *plan) {
    if (plan->gap_ms > 0) sleep_ms(plan->gap_ms);
    slot->answer.length = slot->sent = 0;
    slot->begun_ns = now_ns();
    driver->begin(slot);
}

// Returns how many answers came; their latencies are in `latencies`.
static uint64_t run(const struct plan *plan, uint64_t *latencies) {
    uint64_t end = now_ns() + (uint64_t)(plan->seconds * 1e9), count = 0;
    int under_way = 0;
    for (; under_way < slot_count && (uint64_t)under_way < plan->most; under_way++)
        begin(&slots[under_way], plan);
    while (under_way > 0) {
        struct epoll_event events[64];
        int ready = epoll_wait(epoll, events, 64, SILENCE_MS);
        if (ready < 0 && errno == EINTR) continue;
        if (ready < 0) fail("epoll_wait");
        if (ready == 0) errno = 0, fail("no answer for %d s", SILENCE_MS / 1000);
        for (int i = 0; i < ready; i++) {
            struct slot *slot = &slots[events[i].data.u64 / 4];
            if (!driver->step(slot, (int)(events[i].data.u64 % 4), events[i].events)) continue;
            uint64_t now = now_ns();
            latencies[count++] = now - slot->begun_ns;
            under_way--;
            if (count + (uint64_t)under_way >= plan->most) continue;
            if (now >= end && count + (uint64_t)under_way >= plan->least) continue;
            under_way++;
            begin(slot, plan);
        }
    }
    return count;
}

static void write_all(const void *at, size_t length) {
    if (fwrite(at, 1, length, stdout) != length) fail("writing the latencies");
}

static struct plan parse(int argc, char **argv) {
    static const struct option names[] = {
        {"seconds", 1, 0, 's'}, {"gap-ms", 1, 0, 'g'}, {"in-flight", 1, 0, 'n'},
        {"least", 1, 0, 'l'},   {"most", 1, 0, 'm'},   {"expect", 1, 0, 'e'},
        {"input", 1, 0, 'i'},   {"root", 1, 0, 'r'},   {0, 0, 0, 0}};
    struct plan plan = {.seconds = 1, .least = 1, .most = 1000000};
    for (int name; (name = getopt_long(argc, argv, "+", names, NULL)) >= 0;) {
        switch (name) {
        case 's': plan.seconds = atof(optarg); break;
        case 'g': plan.gap_ms = atof(optarg); break;
        case 'n': slot_count = atoi(optarg); break;
        case 'l': plan.least = strtoull(optarg, NULL, 10); break;
        case 'm': plan.most = strtoull(optarg, NULL, 10); break;
        case 'e': options.expected = file_bytes(optarg); break;
        case 'i': options.input = file_bytes(optarg); break;
        case 'r': options.root = optarg; break;
        default: exit(2);
        }
    }
    errno = 0;
    if (argc - optind < 2 || slot_count < 1 || slot_count > MOST_IN_FLIGHT || plan.most < 1 ||
        (plan.gap_ms > 0 && slot_count > 1))
        fail("usage: load [OPTIONS] spawn ARGV… | load [OPTIONS] http PORT");
    driver = strcmp(argv[optind], "http") == 0 ? &http_driver : &spawn_driver;
    options.argv = argv + optind + 1;
    options.port = atoi(argv[optind + 1]);
    return plan;
}

int main(int argc, char **argv) {
    struct plan plan = parse(argc, argv);
    signal(SIGPIPE, SIG_IGN);
    open_cpu_file();
    epoll = epoll_create1(EPOLL_CLOEXEC);
    uint64_t *latencies = malloc(plan.most * sizeof *latencies);
    struct slot *all = calloc((size_t)slot_count, sizeof *all);
    if (epoll < 0 || latencies == NULL || all == NULL) fail("starting");
    for (int i = 0; i < slot_count; i++)
        all[i] = (struct slot){.index = i, .input = -1, .output = -1, .process = -1};
    slots = all;
    driver->prepare(&options);
    for (int i = 0; i < slot_count; i++) driver->open(&slots[i]);

    struct outcome outcome = {.cpu_source = (uint64_t)cpu_source};
    uint64_t machine = machine_cpu_us(), own = own_cpu_us(), begun = now_ns();
    outcome.count = run(&plan, latencies);
    outcome.elapsed_ns = now_ns() - begun;
    outcome.own_cpu_us = own_cpu_us() - own;
    outcome.machine_cpu_us = machine_cpu_us() - machine;
    write_all(&outcome, sizeof outcome);
    write_all(latencies, outcome.count * sizeof *latencies);
    return fflush(stdout) == 0 ? 0 : 1;
}
