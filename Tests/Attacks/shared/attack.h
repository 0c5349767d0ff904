// What the attacks in C share.
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static int fallen;

__attribute__((unused)) static void fell(const char *what) {
    fallen++;
    printf("fell: %s\n", what);
    fflush(stdout);
}

// The result of a call that must fail, with this errno; any if it is 0.
__attribute__((unused)) static void refused(const char *what, long result, int expected) {
    if (result != -1) {
        fell(what);
        return;
    }
    if (expected == 0 || errno == expected) return;
    printf("%s: %s in place of %s\n", what, strerror(errno), strerror(expected));
    exit(1);
}

__attribute__((unused)) static int end(void) {
    if (fallen == 0) puts("held");
    else printf("%d fell\n", fallen);
    fflush(stdout);
    return 0;
}
