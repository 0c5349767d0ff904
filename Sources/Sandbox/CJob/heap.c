#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "CJob.h"

// An interpreter that sizes its heap by the machine's memory must be told the job's. An argument or
// a variable would show in the program, which may have a setting of its own, and in the program's
// children. So the loader loads an object into the interpreter, as it does in a zygote. The object
// removes the variables that named it before the interpreter reads them.

static bool begins_with(const char *text, const char *beginning) {
    while (*beginning && *text == *beginning) text++, beginning++;
    return !*beginning;
}

// The job's own LD_PRELOAD; NULL if it has none.
static char **find_preload(const struct cb_received *program) {
    char **variable = program->environment;
    while (*variable && !begins_with(*variable, CB_PRELOAD)) variable++;
    return *variable ? variable : NULL;
}

// @param own the value of the job's own LD_PRELOAD; "": none
static char *name_object(int object, const char *own) {
    char *text = malloc(strlen(CB_HEAP_PRELOAD) + CB_NUMBER_BYTES + 1 + strlen(own));
    if (!text) return NULL;
    char *end = cb_put_number(cb_put_text(text, CB_HEAP_PRELOAD), (uint64_t)object);
    if (*own) cb_put_text(cb_put_text(end, ":"), own);
    return text;
}

static char *name_size(uint32_t mib) {
    char *text = malloc(strlen(CB_HEAP_SIZE) + CB_NUMBER_BYTES);
    if (text) cb_put_number(cb_put_text(text, CB_HEAP_SIZE), mib);
    return text;
}

// Opens the object again: what CB_FD_HEAP refers to has one position for all sandboxes, by which
// their programs could talk to each other.
static int open_object(void) {
    char path[sizeof "/proc/self/fd/" + CB_NUMBER_BYTES];
    cb_put_number(cb_put_text(path, "/proc/self/fd/"), CB_FD_HEAP);
    return open(path, O_RDONLY);
}

int cb_size_heap(struct cb_received *program) {
    const int object = open_object();
    if (object < 0) return -1;
    char **own = find_preload(program);
    char *preload = name_object(object, own ? *own + strlen(CB_PRELOAD) : "");
    char *size = name_size(program->heap_mib);
    if (!preload || !size) return -1;
    char **next = program->environment + program->environment_count;
    if (own) *own = preload;
    else *next++ = preload;
    *next = size;
    return 0;
}
