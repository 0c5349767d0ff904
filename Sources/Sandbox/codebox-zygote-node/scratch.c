// Files to run and pipes to write to for the warm-up, since the image contains nothing of CodeBox.
// Only this process sees the files.
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "real.h"
#include "zygote_node.h"

enum { STREAMS = 3, MAXIMUM_FILES = 16 };

static struct {
    char *path;
    char *content;
    size_t bytes;
} files[MAXIMUM_FILES];
static size_t file_count;

static int own_streams[STREAMS], far_ends[STREAMS];

void pretend_file(const char *path, const char *content, size_t bytes) {
    if (file_count == MAXIMUM_FILES) give_up("there are too many", "pretended files");
    files[file_count].path = strdup(path);
    files[file_count].content = malloc(bytes);
    if (!files[file_count].path || !files[file_count].content) give_up("no", "memory");
    memcpy(files[file_count].content, content, bytes);
    files[file_count++].bytes = bytes;
}

void forget_files(void) {
    while (file_count > 0) {
        file_count--;
        free(files[file_count].path);
        free(files[file_count].content);
    }
}

// Returns a descriptor of the pretended file, or -1 if there is none.
static int open_pretended(const char *path) {
    for (size_t i = 0; i < file_count; i++) {
        if (strcmp(path, files[i].path) != 0) continue;
        int file = memfd_create("pretended", MFD_CLOEXEC);
        if (file < 0 || real.write(file, files[i].content, files[i].bytes) < 0 ||
            lseek(file, 0, SEEK_SET) < 0)
            give_up("no", "memory");
        return file;
    }
    return -1;
}

bool stat_pretended(const char *path, unsigned mask, void *status, long *result) {
    if (file_count == 0) return false;
    int file = open_pretended(path);
    if (file < 0) return false;
    *result = real.syscall(SYS_statx, file, "", AT_EMPTY_PATH, mask, status);
    real.close(file);
    return true;
}

INTERPOSED int open(const char *path, int flags, ...) {
    va_list list;
    va_start(list, flags);
    mode_t mode = va_arg(list, mode_t);
    va_end(list);
    int file = file_count > 0 ? open_pretended(path) : -1;
    return file >= 0 ? file : real.open(path, flags, mode);
}

// open64 is the same as open, since files' offsets have 64 bits anyway.
INTERPOSED int open64(const char *path, int flags, ...) __attribute__((alias("open")));

// All that is written fits into the pipes, and no process reads it.
void borrow_streams(void) {
    for (int number = 0; number < STREAMS; number++) {
        int ends[2];
        own_streams[number] = fcntl(number, F_DUPFD_CLOEXEC, STREAMS);
        if (real.pipe2(ends, O_CLOEXEC) < 0) give_up("no", "pipes");
        const int near = number == STDIN_FILENO ? 0 : 1;
        dup3(ends[near], number, O_CLOEXEC);
        real.close(ends[near]);
        far_ends[number] = ends[!near];
    }
}

void return_streams(void) {
    for (int number = 0; number < STREAMS; number++) {
        dup3(own_streams[number], number, O_CLOEXEC);
        real.close(own_streams[number]);
        real.close(far_ends[number]);
    }
}
