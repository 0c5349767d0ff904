#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "init.h"

enum { MAXIMUM_STRINGS = 4096, MAXIMUM_STRING_BYTES = 1 << 20, MAXIMUM_PATH = 4096 };

struct program {
    char **arguments;
    char **environment;
};

// Whether the program's header has come; an end before it is no failure.
static int has_begun = 0;

static int receive(void *bytes, size_t count) {
    for (size_t done = 0; done < count;) {
        ssize_t some = recv(CB_FD_JOB, (char *)bytes + done, count - done, MSG_WAITALL);
        if (some < 0 && errno == EINTR) continue;
        if (some < 0) return -1;
        if (some == 0 && done == 0 && !has_begun) _exit(0);  // no program; it is put away unused
        if (some == 0) {
            errno = EPROTO;
            return -1;
        }
        done += (size_t)some;
    }
    return 0;
}

static char **list_strings(char **cursor, const char *end, uint32_t count) {
    char **list = calloc((size_t)count + 1, sizeof *list);
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

static int receive_program(struct program *program, uint32_t *file_count) {
    struct cb_job_header header;
    if (receive(&header, sizeof header) < 0) return -1;
    has_begun = 1;
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
    program->arguments = list_strings(&cursor, end, header.argument_count);
    program->environment = list_strings(&cursor, end, header.environment_count);
    *file_count = header.file_count;
    return program->arguments && program->environment ? 0 : -1;
}

// Makes the folders above a file. The workspace is new and nobody else's, so that no name in it
// can lead elsewhere; the client has refused "..", empty and absolute paths already.
static int make_folders(char *path) {
    for (char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        int result = mkdir(path, 0755);
        *slash = '/';
        if (result < 0 && errno != EEXIST) return -1;
    }
    return 0;
}

static int receive_file(void) {
    static char path[MAXIMUM_PATH + 1];
    static char buffer[64 << 10];
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
    if (handle < 0) return -1;
    for (uint64_t left = file.content_bytes; left > 0;) {
        size_t piece = left < sizeof buffer ? (size_t)left : sizeof buffer;
        if (receive(buffer, piece) < 0) return -1;
        for (size_t done = 0; done < piece;) {
            ssize_t some = write(handle, buffer + done, piece - done);
            if (some < 0) return -1;
            done += (size_t)some;
        }
        left -= piece;
    }
    return close(handle);
}

static int close_inherited(int notes) {
    // Our own few are all CLOEXEC or closed before exec; anything else has no business here.
    if (dup2(notes, CB_FD_FIRST_FREE) < 0) return -1;
    if (fcntl(CB_FD_FIRST_FREE, F_SETFD, FD_CLOEXEC) < 0) return -1;
    if (close(CB_FD_CONTROL) < 0) return -1;
    if (syscall(SYS_close_range, CB_FD_FIRST_FREE + 1, ~0u, 0) < 0) return -1;
    return fcntl(CB_FD_JOB, F_SETFD, FD_CLOEXEC);
}

// A byte is awaited, not the pipe's end: that would come with PID 1's failure too.
static int await_init(int go) {
    char byte;
    ssize_t count;
    do count = read(go, &byte, 1);
    while (count < 0 && errno == EINTR);
    if (count == 0) errno = EPROTO;
    return count == 1 ? 0 : -1;
}

int install_filter(const struct cb_spec *spec, const void *filter) {
    struct sock_fprog program = {.len = (unsigned short)spec->filter_length,
                                 .filter = (struct sock_filter *)filter};
    return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program);
}

static int enter_workspace(void) {
    umask(022);
    return chdir("/workspace");
}

#define STEP(step, call) TAKE_STEP(notes, step, call)

_Noreturn void run_job(const struct cb_spec *spec, const void *filter, int notes, int go) {
    if (setsid() < 0) fail(notes, CB_STEP_FORK);
    STEP(CB_STEP_SIGNALS, reset_signals());
    STEP(CB_STEP_KEYRING, join_own_keyring());
    STEP(CB_STEP_OOM_SCORE, raise_oom_score(spec->oom_score_adj));
    STEP(CB_STEP_SECUREBITS, lock_securebits());
    STEP(CB_STEP_BOUNDING, drop_bounding_set());
    STEP(CB_STEP_JOB_IDS, take_job_ids(spec));
    STEP(CB_STEP_CAPABILITIES, drop_capabilities());
    STEP(CB_STEP_NO_NEW_PRIVS, forbid_new_privileges());
    STEP(CB_STEP_RLIMIT, set_resource_limits(spec));
    STEP(CB_STEP_WORKSPACE, enter_workspace());
    STEP(CB_STEP_DROP_INIT, await_init(go));
    STEP(CB_STEP_CLOSE_FDS, close_inherited(notes));
    notes = CB_FD_FIRST_FREE;
    STEP(CB_STEP_SECCOMP, install_filter(spec, filter));

    struct cb_note ready = {.kind = CB_NOTE_READY, .at_ns = cb_now_ns()};
    send_note(notes, &ready);

    struct program program;
    uint32_t file_count = 0;
    STEP(CB_STEP_RECEIVE, receive_program(&program, &file_count));
    for (uint32_t file = 0; file < file_count; file++) {
        int result = receive_file();
        cb_index = (int)file;
        if (result < 0) fail(notes, CB_STEP_FILE);
    }
    struct cb_note started = {.kind = CB_NOTE_STARTED, .at_ns = cb_now_ns()};
    send_note(notes, &started);
    execve(program.arguments[0], program.arguments, program.environment);
    cb_index = 0;
    fail(notes, CB_STEP_EXEC);
}
