#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "zygote_python.h"

// Runs in place of the interpreter's main: does what Py_BytesMain does, up to the point where it
// would open the program. There it serves forks.

static _Noreturn void give_up(const char *what) {
    fprintf(stderr, "codebox-zygote-python: %s\n", what);
    if (python.PyErr_Occurred && python.PyErr_Occurred()) python.PyErr_Print();
    _exit(1);
}

static void initialise(int argument_count, char **arguments) {
    // PyConfig grows with every version; it has some 500 bytes so far.
    static _Alignas(16) char configuration[8192];
    python.PyConfig_InitPythonConfig(configuration);
    py_status status = python.PyConfig_SetBytesArgv(configuration, argument_count, arguments);
    if (!python.PyStatus_Exception(status)) status = python.Py_InitializeFromConfig(configuration);
    if (python.PyStatus_Exception(status)) python.Py_ExitStatusException(status);
    python.PyConfig_Clear(configuration);
}

static void prepare(const struct settings *settings, char **arguments) {
    struct hidden_modules hidden;
    if (prepare_environment() < 0) give_up("cannot read the environment");
    if (preload_modules(settings->preload, &hidden) < 0) give_up("cannot preload modules");
    if (prepare_restoring(&hidden) < 0) give_up("cannot prepare imports");
    if (prepare_program(arguments) < 0) give_up("not started as `python3 FILE`");
    if (remember_ending() < 0 || remember_modules(hidden.modules) < 0)
        give_up("cannot prepare the interpreter's end");
    if (freeze_objects() < 0 || remember_freezing() < 0)
        give_up("cannot freeze the collector's objects");
}

static void begin_child(void) {
    python.PyOS_AfterFork_Child();
    reseed_libraries();
}

static int zygote_main(int argument_count, char **arguments, char **environment) {
    struct settings settings = {0};
    take_settings(environment, &settings);
    const char *missing = python_load();
    if (missing) {
        fprintf(stderr, "codebox-zygote-python: this interpreter has no %s\n", missing);
        return 1;
    }
    if (copy_environment(environment) < 0 || put_pipes_in_place() < 0) give_up("cannot start");
    initialise(argument_count, arguments);
    if (put_descriptors_back() < 0) give_up("cannot put the descriptors back");
    prepare(&settings, arguments);
    find_seeded_libraries();
    move_code();
    learn_pages();

    const struct cb_zygote_hooks hooks = {
        .before_fork = python.PyOS_BeforeFork,
        .after_fork_in_parent = python.PyOS_AfterFork_Parent,
        .after_fork_in_child = begin_child,
        .prewarm = populate_pages,
    };
    struct cb_program program;
    cb_zygote_serve(&hooks, &program);
    run_program(&program);
}

typedef int main_function(int, char **, char **);

__attribute__((visibility("default"))) int
__libc_start_main(main_function *program, int argument_count, char **arguments,
                  void (*initialiser)(void), void (*finaliser)(void),
                  void (*loader_finaliser)(void), void *stack_end) {
    (void)program;
    int (*original)(main_function *, int, char **, void (*)(void), void (*)(void), void (*)(void),
                    void *);
    *(void **)&original = dlsym(RTLD_NEXT, "__libc_start_main");
    if (!original) abort();
    return original(zygote_main, argument_count, arguments, initialiser, finaliser,
                    loader_finaliser, stack_end);
}
