#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "zygote_python.h"

// Runs a program as Modules/main.c and Python/pythonrun.c do for `python3 FILE`. The cases that
// they treat differently (no such file, a folder, a zip, a .pyc) are left to a fresh interpreter.

static char **command;                // what the zygote was started with
static ssize_t command_length;        // arguments in it
static ssize_t first_argument;        // index at which sys.argv begins, with the program's name
static char user_packages[PATH_MAX];  // folder that an interpreter looks for at its start; "": none

// Returns the name of the program in the zygote's own command; NULL if it names none.
static const char *take_command(char **arguments) {
    py_object *own = python.PySys_GetObject("argv");
    py_object *all = python.PySys_GetObject("orig_argv");
    if (!own || !all) return NULL;
    command = arguments;
    command_length = python.PyList_Size(all);
    first_argument = command_length - python.PyList_Size(own);
    py_object *first = python.PyList_GetItem(own, 0);
    const char *name = first ? python.PyUnicode_AsUTF8AndSize(first, NULL) : NULL;
    // -c, -m or standard input
    return name && *name && *name != '-' ? name : NULL;
}

int set_user_packages(py_object *folder) {
    const char *text = NULL;
    if (folder && folder != python._Py_NoneStruct)
        text = python.PyUnicode_AsUTF8AndSize(folder, NULL);
    int length = text ? snprintf(user_packages, sizeof user_packages, "%s", text) : 0;
    if (!text) *user_packages = 0;
    return length < (int)sizeof user_packages && !python.PyErr_Occurred() ? 0 : -1;
}

// `site` only looks whether the folder exists, so a job that has one gets a fresh interpreter
// (run_program).
static int take_user_packages(void) {
    py_object *site = python.PyDict_GetItemString(python.PyImport_GetModuleDict(), "site");
    py_object *folder = site ? python.PyObject_GetAttrString(site, "USER_SITE") : NULL;
    python.PyErr_Clear();
    int result = set_user_packages(folder);
    py_drop(folder);
    return result;
}

int prepare_program(char **arguments) {
    const char *name = take_command(arguments);
    if (!name || find_arguments(name, arguments[0]) < 0) return -1;
    return take_user_packages() == 0 ? prepare_entry(name) : -1;
}

// Runs the program in a fresh interpreter instead. None of it has run yet.
static _Noreturn void exec_interpreter(const struct cb_program *program) {
    // These are all signals that an interpreter ignores; exec resets those that it handles.
    signal(SIGPIPE, SIG_DFL);
    signal(SIGXFSZ, SIG_DFL);
    execve(program->arguments[0], program->arguments, program->environment);
    fprintf(stderr, "%s: %s\n", program->arguments[0], strerror(errno));
    cb_zygote_exit(127);
}

// The end record of a zip archive begins within this distance of the file's end.
enum { ZIP_TAIL_BYTES = 22 + 65535 };

static bool is_archive(int handle, off_t size) {
    static char tail[ZIP_TAIL_BYTES];
    off_t start = size > ZIP_TAIL_BYTES ? size - ZIP_TAIL_BYTES : 0;
    ssize_t bytes = pread(handle, tail, (size_t)(size - start), start);
    return bytes < 0 || memmem(tail, (size_t)bytes, "PK\5\6", 4);
}

static bool is_compiled(int handle) {
    const char *suffix = strrchr(program_path(), '.');
    if (suffix && strcmp(suffix, ".pyc") == 0) return true;
    unsigned char magic[2];
    if (pread(handle, magic, sizeof magic, 0) != sizeof magic) return false;
    return (magic[0] | magic[1] << 8) == (python.PyImport_GetMagicNumber() & 0xffff);
}

static FILE *open_program(void) {
    FILE *file = fopen(program_path(), "rbe");
    struct stat status;
    if (!file || fstat(fileno(file), &status) < 0 || !S_ISREG(status.st_mode) ||
        is_archive(fileno(file), status.st_size) || is_compiled(fileno(file)))
        return NULL;
    return file;
}

static int set_list(const char *name, char **strings) {
    py_object *list = python.PyList_New(0);
    for (; list && *strings; strings++) {
        py_object *string = python.PyUnicode_DecodeFSDefault(*strings);
        int result = string ? python.PyList_Append(list, string) : -1;
        py_drop(string);
        if (result < 0) return -1;
    }
    int result = list ? python.PySys_SetObject(name, list) : -1;
    py_drop(list);
    return result;
}

static bool is_own_command(const struct cb_program *program) {
    if (program->argument_count != command_length) return false;
    for (ssize_t i = first_argument; i < command_length; i++)
        if (strcmp(program->arguments[i], command[i]) != 0) return false;
    return true;
}

static int replace_arguments(const struct cb_program *program) {
    if (is_own_command(program)) return 0;
    char **from_program = program->arguments + first_argument;
    if (set_list("orig_argv", program->arguments) < 0) return -1;
    if (set_list("argv", from_program) < 0) return -1;
    return store_arguments(program->arguments, from_program);
}

// The name of the program, if it is another than the zygote's own; else NULL.
static const char *other_name(const struct cb_program *program) {
    const char *name = program->arguments[first_argument];
    return strcmp(name, command[first_argument]) == 0 ? NULL : name;
}

static void flush_streams(void) {
    py_object *exception = python.PyErr_GetRaisedException();
    static const char *const streams[] = {"stderr", "stdout"};
    for (int i = 0; i < 2; i++) {
        py_object *stream = python.PySys_GetObject(streams[i]);
        if (!stream) continue;
        python.Py_IncRef(stream);
        py_object *result = python.PyObject_CallMethod(stream, "flush", NULL);
        if (!result) python.PyErr_Clear();
        py_drop(result);
        py_drop(stream);
    }
    if (exception) python.PyErr_SetRaisedException(exception);
}

static void write_exit_message(py_object *message) {
    py_object *stream = python.PySys_GetObject("stderr");
    if (stream && stream != python._Py_NoneStruct) {
        python.PyFile_WriteObject(message, stream, PY_PRINT_RAW);
    } else {
        python.PyObject_Print(message, stderr, PY_PRINT_RAW);
        fflush(stderr);
    }
    python.PySys_WriteStderr("\n");
}

// Takes the status from the SystemExit that is raised.
static int take_exit_status(void) {
    fflush(stdout);
    py_object *exception = python.PyErr_GetRaisedException();
    py_object *code = python.PyObject_GetAttrString(exception, "code");
    if (code) {
        py_drop(exception);
        exception = code;
    }
    int status = 1;
    if (exception == python._Py_NoneStruct) {
        status = 0;
    } else if (python.PyType_IsSubtype(exception->type, python.PyLong_Type)) {
        status = (int)python.PyLong_AsLong(exception);
    } else {
        python.PyErr_Clear();
        write_exit_message(exception);
    }
    // The number was too big, or the message could not be written. Python does not report that
    // either.
    python.PyErr_Clear();
    py_drop(exception);
    return status;
}

static void clean_main(void) {
    py_object *main_variables = program_variables();
    static const char *const names[] = {"__file__", "__cached__"};
    for (int i = 0; i < 2; i++)
        if (python.PyDict_GetItemString(main_variables, names[i]) &&
            python.PyDict_DelItemString(main_variables, names[i]) < 0)
            python.PyErr_Print();
}

static int end_status(py_object *result) {
    if (!result && python.PyErr_ExceptionMatches(*python.PyExc_SystemExit))
        return take_exit_status();
    if (!result) python.PyErr_Print();
    py_drop(result);
    clean_main();
    return result ? 0 : 1;
}

_Noreturn void run_file(FILE *file) {
    py_object *variables = program_variables();
    py_object *result = python.PyRun_FileExFlags(file, program_path(), PY_FILE_INPUT, variables,
                                                 variables, 1, NULL);
    bool interrupted = !result && python.PyErr_Occurred() == *python.PyExc_KeyboardInterrupt;
    flush_streams();
    end_program(end_status(result), interrupted);
}

static _Noreturn void end_start(void) {
    python.PyErr_Print();
    end_program(1, false);
}

_Noreturn void run_program(const struct cb_program *program) {
    program_process = getpid();
    const char *name = other_name(program);
    FILE *file = name && replace_entry(name) < 0 ? NULL : open_program();
    if (!file) exec_interpreter(program);
    const enum renewal renewal = replace_environment(program);
    if (renewal == RENEWAL_FAILED) end_start();
    if (renewal == NEEDS_EXEC || (*user_packages && access(user_packages, F_OK) == 0))
        exec_interpreter(program);
    if (replace_arguments(program) < 0 || python.Py_MakePendingCalls() < 0) end_start();
    run_file(file);
}
