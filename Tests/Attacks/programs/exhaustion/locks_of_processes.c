// attack: Locks millions of pieces of files for its processes (F_SETLK).
// layer: the warden's watch over the kernel memory that no cgroup counts
// second: none
// ends: kernel_memory_exceeded
// limits: wall_ms=45000 cpu_ms=60000 processes=64 workspace_bytes=64M
// host: slab=400M files=16000
#include <fcntl.h>
#include <sys/wait.h>

#include "attack.h"

// The kernel walks all locks of a file to set one: with many files that is short.
enum { PROCESSES = 60, FILES = 240, LOCKS = 36000 };

// Takes LOCKS locks, each about 200 bytes, that don't touch one another.
static int take(int self) {
    int files[FILES];
    for (int i = 0; i < FILES; i++) {
        char path[64];
        snprintf(path, sizeof path, "/tmp/%d-%d", self, i);
        files[i] = open(path, O_RDWR | O_CREAT, 0600);
        if (files[i] < 0) return 1;
    }
    for (int i = 0; i < LOCKS; i++) {
        struct flock lock = {.l_type = F_WRLCK, .l_start = 2L * (LOCKS - i), .l_len = 1};
        if (fcntl(files[i % FILES], F_SETLK, &lock) != 0) return 1;
    }
    return 0;
}

int main(void) {
    int ready[2];
    if (pipe(ready) != 0) return 1;
    for (int i = 0; i < PROCESSES; i++) {
        pid_t child = fork();
        if (child < 0) return 1;
        if (child > 0) continue;
        close(ready[0]);
        char failed = take(i);
        if (write(ready[1], &failed, 1) != 1) _exit(1);
        // The locks last as long as the process.
        for (;;) pause();
    }
    close(ready[1]);
    for (int i = 0; i < PROCESSES; i++) {
        char failed = 0;
        if (read(ready[0], &failed, 1) != 1 || failed) return 1;
    }
    fell("400 MiB of locks");
    return end();
}
