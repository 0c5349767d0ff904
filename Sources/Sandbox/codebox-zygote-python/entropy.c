#include <dlfcn.h>
#include <link.h>
#include <string.h>
#include <sys/types.h>

#include "zygote_python.h"

// A generator that is seeded before the fork would return the same numbers in every job. So all
// draws of the interpreter, and of the libraries that it loads, go through here and are counted.

static unsigned long draws;
static bool has_library_drawn;
static int (*reseed_openssl)(void);

__attribute__((visibility("default"))) ssize_t getrandom(void *bytes, size_t count,
                                                         unsigned flags) {
    static ssize_t (*original)(void *, size_t, unsigned);
    if (!original) *(void **)&original = dlsym(RTLD_NEXT, "getrandom");
    draws++;
    return original(bytes, count, flags);
}

// OpenSSL draws with getentropy, the interpreter with getrandom.
__attribute__((visibility("default"))) int getentropy(void *bytes, size_t count) {
    static int (*original)(void *, size_t);
    if (!original) *(void **)&original = dlsym(RTLD_NEXT, "getentropy");
    draws++;
    has_library_drawn = true;
    return original(bytes, count);
}

unsigned long random_draws(void) {
    return draws;
}

static int find_openssl(struct dl_phdr_info *object, size_t size, void *unused) {
    (void)size;
    (void)unused;
    if (!strstr(object->dlpi_name, "/libcrypto.so")) return 0;
    void *library = dlopen(object->dlpi_name, RTLD_LAZY | RTLD_NOLOAD);
    if (library) *(void **)&reseed_openssl = dlsym(library, "RAND_poll");
    return 1;
}

void find_seeded_libraries(void) {
    // OpenSSL is seeded at its first use, which rarely comes before the fork.
    if (has_library_drawn) dl_iterate_phdr(find_openssl, NULL);
}

// OpenSSL detects a fork by a change of its process id, which is the same in every job.
void reseed_libraries(void) {
    if (reseed_openssl) reseed_openssl();
}
