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

static ssize_t first_argument;        // index in the process's arguments at which sys.argv begins
static ssize_t command_length;        // arguments of the command that the zygote was started with
static char path[PATH_MAX];           // the program's, absolute
static char folder[PATH_MAX];         // sys.path[0]
static py_object *main_variables;     // the dictionary of `__main__`
static char user_packages[PATH_MAX];  // folder that an interpreter looks for at its start; "": none

static int take_command(void) {
    py_object *arguments = python.PySys_GetObject("argv");
    py_object *all = python.PySys_GetObject("orig_argv");
    if (!arguments || !all) return -1;
    command_length = python.PyList_Size(all);
    first_argument = command_length - python.PyList_Size(arguments);
    py_object *first = python.PyList_GetItem(arguments, 0);
    const char *file = first ? python.PyUnicode_AsUTF8AndSize(first, NULL) : NULL;
    if (!file || !*file || *file == '-') return -1;  // -c, -m or standard input
    char start[PATH_MAX];
    if (!getcwd(start, sizeof start)) return -1;
    // The path is not normalised, as `__file__` is not; but sys.path[0] is the real folder.
    int length = *file == '/' ? snprintf(path, sizeof path, "%s", file)
                              : snprintf(path, sizeof path, "%s/%s", start, file);
    if (length >= (int)sizeof path) return -1;
    char above[PATH_MAX];
    memcpy(above, path, (size_t)length + 1);
    *strrchr(above, '/') = 0;
    return realpath(*above ? above : "/", folder) ? 0 : -1;
}

static int set_loader(py_object *name) {
    py_object *bootstrap = python.PyImport_ImportModule("_frozen_importlib_external");
    py_object *type =
        bootstrap ? python.PyObject_GetAttrString(bootstrap, "SourceFileLoader") : NULL;
    py_object *loader = type ? python.PyObject_CallFunction(type, "sO", "__main__", name) : NULL;
    int result = loader ? python.PyDict_SetItemString(main_variables, "__loader__", loader) : -1;
    py_drop(loader);
    py_drop(type);
    py_drop(bootstrap);
    return result;
}

static int set_main(py_object *name) {
    py_object *main_module = python.PyImport_AddModule("__main__");
    if (!main_module) return -1;
    main_variables = python.PyModule_GetDict(main_module);
    if (python.PyDict_SetItemString(main_variables, "__file__", name) < 0) return -1;
    if (python.PyDict_SetItemString(main_variables, "__cached__", python._Py_NoneStruct) < 0)
        return -1;
    return set_loader(name);
}

// With -P and -I the interpreter does not import from the program's folder.
static bool is_path_safe(void) {
    py_object *flags = python.PySys_GetObject("flags");
    py_object *safe = flags ? python.PyObject_GetAttrString(flags, "safe_path") : NULL;
    bool result = safe && python.PyObject_IsTrue(safe) == 1;
    py_drop(safe);
    return result;
}

static int insert_folder(void) {
    if (is_path_safe()) return 0;
    py_object *first = python.PyUnicode_DecodeFSDefault(folder);
    int result = first ? python.PyList_Insert(python.PySys_GetObject("path"), 0, first) : -1;
    py_drop(first);
    return result < 0 ? -1 : set_first_path(path, folder);
}

static int set_paths(py_object *name) {
    if (insert_folder() < 0) return -1;
    // The interpreter looks whether it can import from the program itself, and caches the answer.
    py_object *importers = python.PySys_GetObject("path_importer_cache");
    return python.PyDict_SetItem(importers, name, python._Py_NoneStruct);
}

// Remembers the folder of the user's packages. `site` only looks whether it exists, so a job that
// has such a folder gets a fresh interpreter (run_program).
static int take_user_packages(void) {
    py_object *site = python.PyDict_GetItemString(python.PyImport_GetModuleDict(), "site");
    py_object *name = site ? python.PyObject_GetAttrString(site, "USER_SITE") : NULL;
    const char *text = NULL;
    if (name && name != python._Py_NoneStruct) text = python.PyUnicode_AsUTF8AndSize(name, NULL);
    int length = text ? snprintf(user_packages, sizeof user_packages, "%s", text) : 0;
    py_drop(name);
    python.PyErr_Clear();
    return length < (int)sizeof user_packages ? 0 : -1;
}

int prepare_program(void) {
    if (take_command() < 0 || take_user_packages() < 0) return -1;
    py_object *name = python.PyUnicode_DecodeFSDefault(path);
    int result = name ? set_main(name) : -1;
    if (result == 0) result = set_paths(name);
    py_drop(name);
    return result;
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
    unsigned char magic[2];
    if (pread(handle, magic, sizeof magic, 0) != sizeof magic) return false;
    return (magic[0] | magic[1] << 8) == (python.PyImport_GetMagicNumber() & 0xffff);
}

static FILE *open_program(void) {
    FILE *file = fopen(path, "rbe");
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

static int replace_arguments(const struct cb_program *program) {
    if (program->argument_count == command_length) return 0;
    if (set_list("orig_argv", program->arguments) < 0) return -1;
    return set_list("argv", program->arguments + first_argument);
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
    py_object *result = python.PyRun_FileExFlags(file, path, PY_FILE_INPUT, main_variables,
                                                 main_variables, 1, NULL);
    bool interrupted = !result && python.PyErr_Occurred() == *python.PyExc_KeyboardInterrupt;
    flush_streams();
    end_program(end_status(result), interrupted);
}

_Noreturn void run_program(const struct cb_program *program) {
    program_process = getpid();
    FILE *file = open_program();
    if (!file || (*user_packages && access(user_packages, F_OK) == 0)) exec_interpreter(program);
    if (replace_environment(program) < 0 || replace_arguments(program) < 0 ||
        python.Py_MakePendingCalls() < 0) {
        python.PyErr_Print();
        end_program(1, false);
    }
    run_file(file);
}
