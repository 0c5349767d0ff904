#include <link.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#include "zygote_python.h"

// A program can notice the interpreter's end by what runs during it: exit functions, finalizers,
// weak references' callbacks, flushes. Most programs add nothing to these. Then this file does what
// remains, without taking the interpreter apart; finalize.c does all other cases.

static py_object *standard_streams[2];   // sys.stdout and sys.stderr
static py_object *collector_callbacks;   // gc.callbacks
static py_object *count_exit_functions;  // atexit's own
static py_object *run_exit_functions;
static py_object *count_frozen;  // gc.get_freeze_count
static long frozen_count;
static long exit_function_count;
static unsigned long long loaded_objects;

static int count_loaded(struct dl_phdr_info *object, size_t size, void *count) {
    (void)size;
    *(unsigned long long *)count = object->dlpi_adds;
    return 1;
}

static bool has_other_objects_loaded(void) {
    unsigned long long count = 0;
    dl_iterate_phdr(count_loaded, &count);
    return count != loaded_objects;
}

static long call_for_number(py_object *function) {
    py_object *number = python.PyObject_CallFunction(function, NULL);
    long result = number ? python.PyLong_AsLong(number) : -1;
    py_drop(number);
    return result;
}

int remember_ending(void) {
    standard_streams[0] = python.PySys_GetObject("stdout");
    standard_streams[1] = python.PySys_GetObject("stderr");
    collector_callbacks = take_attribute("gc", "callbacks");
    count_exit_functions = take_attribute("atexit", "_ncallbacks");
    run_exit_functions = take_attribute("atexit", "_run_exitfuncs");
    count_frozen = take_attribute("gc", "get_freeze_count");
    if (!collector_callbacks || !count_exit_functions || !run_exit_functions || !count_frozen)
        return -1;
    exit_function_count = call_for_number(count_exit_functions);
    dl_iterate_phdr(count_loaded, &loaded_objects);
    // `gc` is removed from sys.modules, so that it is there only if the program has imported it.
    // Modules such as weakref have it as well.
    if (is_imported("gc")) python.PyDict_DelItemString(python.PyImport_GetModuleDict(), "gc");
    return exit_function_count < 0 ? -1 : remember_objects();
}

int remember_freezing(void) {
    frozen_count = call_for_number(count_frozen);
    return frozen_count > 0 ? 0 : -1;
}

// Whether sys.stdout and sys.stderr are the streams from before the fork, as they were made.
// Another stream may be closed, flushed or written to at the interpreter's end in a way of its own;
// and a file that was detached from its stream is flushed by its own end.
static bool are_streams_as_made(void) {
    static const char *const names[] = {"stdout", "stderr"};
    for (int i = 0; i < 2; i++)
        if (python.PySys_GetObject(names[i]) != standard_streams[i] ||
            is_altered_stream(standard_streams[i]))
            return false;
    return true;
}

static bool is_alone(void) {
    void *interpreter = python.PyInterpreterState_Head();
    return !python.PyInterpreterState_Next(interpreter) &&
           !python.PyThreadState_Next(python.PyInterpreterState_ThreadHead(interpreter));
}

// A program that calls gc.freeze or gc.unfreeze mixes its objects with those from before the fork.
static bool is_frozen_as_before(void) {
    return !is_imported("gc") || call_for_number(count_frozen) == frozen_count;
}

// Whether the program has no threads, no exit functions, and nothing else that could see its end.
// All other programs are ended by CPython, which refuses new threads and forks from the beginning.
static bool is_plain(void) {
    return is_alone() && call_for_number(count_exit_functions) == exit_function_count &&
           are_streams_as_made() && python.PyList_Size(collector_callbacks) == 0 &&
           !has_other_objects_loaded() && is_frozen_as_before();
}

static void shut_down_threading(void) {
    py_object *threading =
        python.PyDict_GetItemString(python.PyImport_GetModuleDict(), "threading");
    if (!threading) return;
    python.Py_IncRef(threading);
    py_object *result = python.PyObject_CallMethod(threading, "_shutdown", NULL);
    if (!result) python.PyErr_FormatUnraisable("Exception ignored on threading shutdown");
    py_drop(result);
    py_drop(threading);
}

static bool is_closed(py_object *stream) {
    py_object *closed = python.PyObject_GetAttrString(stream, "closed");
    int result = closed ? python.PyObject_IsTrue(closed) : -1;
    py_drop(closed);
    if (result < 0) python.PyErr_Clear();
    return result > 0;
}

// Returns 0, or 120 if something could not be written.
static int flush_standard_streams(void) {
    int status = 0;
    for (int i = 0; i < 2; i++) {
        py_object *stream = standard_streams[i];
        if (stream == python._Py_NoneStruct || is_closed(stream)) continue;
        py_object *result = python.PyObject_CallMethod(stream, "flush", NULL);
        if (!result) {
            if (i == 0) python.PyErr_FormatUnraisable("Exception ignored on flushing sys.stdout");
            else python.PyErr_Clear();
            status = 120;
        }
        py_drop(result);
    }
    return status;
}

static bool end_quickly(int *status) {
    if (!is_plain()) return false;
    shut_down_threading();
    if (exit_function_count > 0) py_drop(python.PyObject_CallFunction(run_exit_functions, NULL));
    if (!is_alone() || has_noticeable_objects()) return false;
    int failed = flush_standard_streams();
    if (failed) *status = failed;
    return true;
}

_Noreturn void end_program(int status, bool interrupted) {
    struct ending ending = {.status = status, .interrupted = interrupted};
    if (end_quickly(&ending.status)) leave(&ending);
    finalize(&ending);
}
