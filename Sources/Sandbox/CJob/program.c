#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "CJob.h"

enum { MAXIMUM_STRINGS = 4096, MAXIMUM_STRING_BYTES = 1 << 20, MAXIMUM_PATH = 4096 };

// The client's bytes are read through a buffer, so that a small program takes one read.
static struct {
    int socket;
    size_t next;
    size_t filled;
    char bytes[64 << 10];
} source;

static ssize_t receive_some(void *bytes, size_t capacity) {
    ssize_t count;
    do count = recv(source.socket, bytes, capacity, 0);
    while (count < 0 && errno == EINTR);
    return count;
}

static int refill(void) {
    ssize_t count = receive_some(source.bytes, sizeof source.bytes);
    if (count == 0) errno = EPROTO;
    if (count <= 0) return -1;
    source.next = 0;
    source.filled = (size_t)count;
    return 0;
}

static int receive(void *bytes, size_t count) {
    for (size_t done = 0; done < count;) {
        if (source.next == source.filled && refill() < 0) return -1;
        size_t piece = source.filled - source.next;
        if (piece > count - done) piece = count - done;
        memcpy((char *)bytes + done, source.bytes + source.next, piece);
        source.next += piece;
        done += piece;
    }
    return 0;
}

// Leaves room for what cb_size_heap adds.
static char **list_strings(char **cursor, const char *end, uint32_t count) {
    enum { ADDED = 2 };
    char **list = calloc((size_t)count + ADDED + 1, sizeof *list);
    if (!list) return NULL;
    for (uint32_t i = 0; i < count; i++) {
        char *stop = memchr(*cursor, 0, (size_t)(end - *cursor));
        if (!stop) {
            errno = EPROTO;
            return NULL;
        }
        list[i] = *cursor;
        *cursor = stop + 1;
    }
    return list;
}

static int receive_strings(struct cb_received *program, uint32_t *file_count) {
    struct cb_job_header header;
    if (receive(&header, sizeof header) < 0) return -1;
    if (header.magic != CB_MAGIC || header.argument_count == 0 ||
        header.argument_count > MAXIMUM_STRINGS || header.environment_count > MAXIMUM_STRINGS ||
        header.string_bytes > MAXIMUM_STRING_BYTES) {
        errno = EPROTO;
        return -1;
    }
    char *strings = malloc(header.string_bytes + 1);
    if (!strings || receive(strings, header.string_bytes) < 0) return -1;
    char *cursor = strings;
    const char *end = strings + header.string_bytes;
    program->flags = header.flags;
    program->argument_count = header.argument_count;
    program->environment_count = header.environment_count;
    program->heap_mib = header.heap_mib;
    program->arguments = list_strings(&cursor, end, header.argument_count);
    if (!program->arguments) return -1;
    program->environment = list_strings(&cursor, end, header.environment_count);
    *file_count = header.file_count;
    return program->environment ? 0 : -1;
}

// Makes the folders above a file. The workspace is new and no other process writes to it, so no
// name in it can lead elsewhere. The client has refused "..", empty and absolute paths already.
static int make_folders(char *path) {
    for (char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        int result = mkdir(path, 0755);
        *slash = '/';
        if (result < 0 && errno != EEXIST) return -1;
    }
    return 0;
}

static int receive_content(int handle, uint64_t left) {
    while (left > 0) {
        if (source.next == source.filled && refill() < 0) return -1;
        size_t piece = source.filled - source.next;
        if (piece > left) piece = (size_t)left;
        ssize_t some = write(handle, source.bytes + source.next, piece);
        if (some < 0) return -1;
        source.next += (size_t)some;
        left -= (uint64_t)some;
    }
    return close(handle);
}

static int receive_file(void) {
    static char path[MAXIMUM_PATH + 1];
    struct cb_job_file file;
    if (receive(&file, sizeof file) < 0) return -1;
    if (file.path_bytes == 0 || file.path_bytes > MAXIMUM_PATH) {
        errno = EPROTO;
        return -1;
    }
    if (receive(path, file.path_bytes) < 0) return -1;
    path[file.path_bytes] = 0;
    if (make_folders(path) < 0) return -1;
    int handle = open(path, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, file.mode & 0777);
    return handle < 0 ? -1 : receive_content(handle, file.content_bytes);
}

void cb_receive_program(int job, int notes, struct cb_received *program) {
    source.socket = job;
    ssize_t count = receive_some(source.bytes, sizeof source.bytes);
    if (count == 0) _exit(0);  // no program comes; the sandbox is removed unused
    CB_TAKE_STEP(notes, CB_STEP_RECEIVE, count);
    source.filled = (size_t)count;
    uint32_t file_count = 0;
    CB_TAKE_STEP(notes, CB_STEP_RECEIVE, receive_strings(program, &file_count));
    for (uint32_t file = 0; file < file_count; file++) {
        int result = receive_file();
        cb_index = (int)file;
        if (result < 0) cb_fail(notes, CB_STEP_FILE);
    }
    if (program->flags & CB_JOB_MERGE_OUTPUT)
        CB_TAKE_STEP(notes, CB_STEP_OUTPUT, dup2(STDOUT_FILENO, STDERR_FILENO));
}

_Noreturn void cb_exec_program(struct cb_received *program, int notes) {
    if (program->heap_mib > 0) CB_TAKE_STEP(notes, CB_STEP_HEAP, cb_size_heap(program));
    cb_send_plain_note(notes, CB_NOTE_STARTED);
    execve(program->arguments[0], program->arguments, program->environment);
    cb_index = 0;
    cb_fail(notes, CB_STEP_EXEC);
}
