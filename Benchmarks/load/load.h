// The load generator of `make bench`: asks for the same thing again and again and says how long
// each answer took. It shares its machine with what it measures, so it is small, has one thread and
// never polls. How it is asked for is a driver's business: a spawned program or an HTTP request.
#pragma once
#include <stddef.h>
#include <stdint.h>

struct bytes {
    char *at;
    size_t length;
    size_t capacity;
};

// One of those in flight.
struct slot {
    int index;
    uint64_t begun_ns;
    size_t sent;
    struct bytes answer;
    int input;    // spawn: what the program reads; -1 once all is written
    int output;   // spawn: what it writes; http: the connection; -1 once at its end
    int process;  // spawn: pidfd; -1 once reaped
    int pid;
    size_t body_at;  // http: where the body begins, 0 while unknown
    size_t body_length;
};

struct options {
    struct bytes expected;  // what the output is (spawn), or what the answer's body holds (http)
    struct bytes input;     // what the program reads (spawn), or the whole request (http)
    const char *root;       // spawn: folder to be the root, or NULL
    char **argv;            // spawn; an argument "{}" stands for a name not used before
    int port;
};

struct driver {
    void (*prepare)(const struct options *options);
    void (*open)(struct slot *slot);
    // Asks once; events of the slot's descriptors go to `step` from then on.
    void (*begin)(struct slot *slot);
    // Returns 1 when the answer is complete and right. `which` is what it watched with.
    int (*step)(struct slot *slot, int which, uint32_t events);
    // Something went wrong: end what is under way.
    void (*abandon)(struct slot *slot);
};

extern const struct driver spawn_driver, http_driver;

/// Has events of `descriptor` told to the driver's step with `which`, 0 to 3.
void watch(int descriptor, uint32_t events, const struct slot *slot, int which);
void unwatch(int descriptor);
/// Reads what there is; returns 0 at the end, else 1.
int read_available(int descriptor, struct bytes *into);
/// Ends the run with a message and what errno says; abandons every slot.
_Noreturn void fail(const char *format, ...) __attribute__((format(printf, 1, 2)));
void show_mismatch(const struct slot *slot, const char *what);
