#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "zygote_python.h"

// Py_FinalizeEx takes the whole interpreter apart. In a forked process it would copy most of the
// memory that way, which the kernel then frees. So it must not touch what existed before the fork,
// and it stops once all has happened that a program could notice: after the end of the program's
// modules, before the interpreter clears its own state.

enum { STDOUT, STDERR, STREAMS };

static py_object *withheld;      // sys.modules from before the fork, of which nothing is freed
static uintptr_t *sums;          // of these modules' variables, in the order of the dictionary
static py_object *unfreeze;      // gc.unfreeze
static py_object *stream_flush;  // io.TextIOWrapper.flush
static py_object *stream_type;
static py_object *streams[STREAMS];
static bool flush_failed;
static struct ending ending;

// A sum of a module's variables, which changes when one is set or deleted.
static uintptr_t sum_up(py_object *module) {
    py_object *variables = python.PyObject_GetAttrString(module, "__dict__");
    uintptr_t sum = 0;
    py_object *name, *value;
    for (ssize_t at = 0; variables && python.PyDict_Next(variables, &at, &name, &value);)
        sum = sum * 31 + (uintptr_t)value;
    py_drop(variables);
    return sum;
}

static int remember_sums(void) {
    sums = calloc((size_t)python.PyDict_Size(withheld), sizeof *sums);
    if (!sums) return -1;
    py_object *name, *module;
    ssize_t index = 0;
    for (ssize_t at = 0; python.PyDict_Next(withheld, &at, &name, &module);)
        sums[index++] = sum_up(module);
    return 0;
}

int remember_modules(py_object *hidden) {
    withheld = python.PyDict_Copy(python.PyImport_GetModuleDict());
    if (!withheld || python.PyDict_Update(withheld, hidden) < 0) return -1;
    // The program's own module, and two that the interpreter clears separately.
    static const char *const others[] = {"__main__", "sys", "builtins"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (python.PyDict_DelItemString(withheld, others[i]) < 0) return -1;
    if (remember_sums() < 0) return -1;
    unfreeze = take_attribute("gc", "unfreeze");
    stream_type = take_attribute("_io", "TextIOWrapper");
    stream_flush = stream_type ? python.PyObject_GetAttrString(stream_type, "flush") : NULL;
    return unfreeze && stream_flush ? 0 : -1;
}

pid_t program_process;
void (*before_leaving)(void);

_Noreturn void leave(const struct ending *how) {
    // C code may have printed to libc's streams.
    fflush(NULL);
    if (before_leaving) before_leaving();
    int status = how->status & 0xff;
    if (how->interrupted) {
        signal(SIGINT, SIG_DFL);
        kill(getpid(), SIGINT);
        status = SIGINT + 128;
    }
    // A child that the program forked ends here, too, but its end is not the job's.
    if (getpid() != program_process) _exit(status);
    cb_zygote_exit(status);
}

// Removes modules from sys.modules, where Py_FinalizeEx finds the modules that it clears.
static void withhold_modules(void) {
    py_object *modules = python.PyImport_GetModuleDict();
    py_object *name, *module;
    const uintptr_t *sum = sums;
    for (ssize_t at = 0; python.PyDict_Next(withheld, &at, &name, &module); sum++)
        // A module that the program has changed stays there, so that the program's objects in it
        // end.
        if (python.PyDict_GetItemWithError(modules, name) == module && sum_up(module) == *sum)
            python.PyDict_DelItem(modules, name);
    python.PyErr_Clear();
}

// The interpreter flushes first between the exit functions and the end of the modules.
static py_object *flush(int stream) {
    static bool done;
    if (!done && python.Py_IsFinalizing()) {
        done = true;
        withhold_modules();
    }
    py_object *result = python.PyObject_CallFunction(stream_flush, "O", streams[stream]);
    flush_failed |= !result;
    return result;
}

static py_object *flush_stdout(py_object *self, py_object *arguments) {
    (void)self;
    (void)arguments;
    return flush(STDOUT);
}

static py_object *flush_stderr(py_object *self, py_object *arguments) {
    (void)self;
    (void)arguments;
    return flush(STDERR);
}

// Replaces a stream's flush. The new one holds no reference to the stream, which would delay its
// close. Refuses a stream to which the program has given attributes: `flush` may be one of them,
// and an object from before the fork may have become part of a cycle by them.
static int watch_stream(int stream, const char *name, py_method *method) {
    streams[stream] = python.PySys_GetObject(name);
    if (!streams[stream] || streams[stream]->type != stream_type ||
        has_own_attributes(streams[stream]))
        return -1;
    py_object *function = python.PyCFunction_NewEx(method, NULL, NULL);
    int result = function ? python.PyObject_SetAttrString(streams[stream], "flush", function) : -1;
    py_drop(function);
    return result;
}

static void stop(py_object *capsule) {
    (void)capsule;
    if (flush_failed) ending.status = 120;
    leave(&ending);
}

// Has `stop` called after the end of the modules: the thread's dictionary is the first object that
// the interpreter frees then.
static int stop_after_modules(void) {
    static int any;
    py_object *state = python.PyThreadState_GetDict();
    py_object *capsule = python.PyCapsule_New(&any, NULL, stop);
    int result = state && capsule ? python.PyDict_SetItemString(state, "codebox", capsule) : -1;
    py_drop(capsule);
    return result;
}

_Noreturn void finalize(const struct ending *how) {
    static py_method methods[] = {{"flush", flush_stdout, PY_NO_ARGUMENTS, NULL},
                                  {"flush", flush_stderr, PY_NO_ARGUMENTS, NULL}};
    ending = *how;
    if (watch_stream(STDOUT, "stdout", &methods[STDOUT]) < 0 ||
        watch_stream(STDERR, "stderr", &methods[STDERR]) < 0 || stop_after_modules() < 0) {
        python.PyErr_Clear();
        // Cycles through frozen objects would not be collected.
        py_drop(python.PyObject_CallFunction(unfreeze, NULL));
    }
    if (python.Py_FinalizeEx() < 0) ending.status = 120;
    leave(&ending);
}
