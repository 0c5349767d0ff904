// Runs warm.js and stage.js at the point where node would load the modules that its command line
// names, and provides the native functions that they call.
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "zygote_node.h"

#pragma clang diagnostic ignored "-Wc23-extensions"
static const char warm_script[] = {
#embed "warm.js"
};
static const char stage_script[] = {
#embed "stage.js"
};

enum { USUAL_PID = 2, RUN_NOWAIT = 2, MOST_ATTEMPTS = 6 };

static void *environment;
// The arguments of node::EmbedderPreloadCallback.
static napi_value process_object;
static napi_value require_function;  // the internal `require`

static napi_env prewarm_env;
static napi_value set_pid_function;
static bool has_other_variables;
static uint32_t
    positional_count;  // of the zygote's own arguments, those from the program's name on
static bool is_fresh;

static napi_value undefined(napi_env env) {
    napi_value value = NULL;
    napi_get_undefined(env, &value);
    return value;
}

static napi_value null(napi_env env) {
    napi_value value = NULL;
    napi_get_null(env, &value);
    return value;
}

// Sets process.pid if it differs from the usual one. A job is usually the second process of its
// sandbox, and process.pid says so already.
static void check_pid(void) {
    napi_value pid, result;
    if (getpid() == USUAL_PID) return;
    napi_create_uint32(prewarm_env, (uint32_t)getpid(), &pid);
    if (napi_call_function(prewarm_env, undefined(prewarm_env), set_pid_function, 1, &pid,
                           &result) != 0)
        give_up("it can't be told", "its pid");
}

// Renews what a child may not share with the zygote, before the program's first line; early if
// there is time.
static void renew(void) {
    if (is_fresh) return;
    is_fresh = true;
    phase = PHASE_JOB;
    populate_pages();
    renew_descriptors();
    deliver_owed_wakeups();
    renew_randomness();
    check_pid();
}

static bool is_own_command(const struct cb_program *program) {
    if (program->argument_count != own_program.argument_count) return false;
    for (uint32_t i = 0; i < program->argument_count; i++)
        if (strcmp(program->arguments[i], own_program.arguments[i]) != 0) return false;
    return true;
}

// Returns the job's arguments from its program's name on; undefined if they are the zygote's own.
static napi_value other_arguments(napi_env env, const struct cb_program *program) {
    if (is_own_command(program)) return undefined(env);
    const uint32_t first = own_program.argument_count - positional_count;
    napi_value arguments, argument;
    napi_create_array_with_length(env, program->argument_count - first, &arguments);
    for (uint32_t i = first; i < program->argument_count; i++) {
        const char *text = program->arguments[i];
        napi_create_string_utf8(env, text, strlen(text), &argument);
        napi_set_element(env, arguments, i - first, argument);
    }
    return arguments;
}

static void take_arguments(napi_env env, napi_callback_info info) {
    napi_value arguments[4];
    size_t count = 4;
    double loop_time, positional;
    void *milestones;
    prewarm_env = env;
    napi_get_cb_info(env, info, &count, arguments, NULL, NULL);
    set_pid_function = arguments[0];
    if (napi_get_typedarray_info(env, arguments[1], NULL, NULL, &milestones, NULL, NULL) != 0 ||
        napi_get_value_double(env, arguments[2], &loop_time) != 0)
        give_up("it keeps its start times", "elsewhere");
    if (napi_get_value_double(env, arguments[3], &positional) != 0 || positional < 1 ||
        positional >= own_program.argument_count)
        give_up("it was not started as", "`node FILE`");
    positional_count = (uint32_t)positional;
    find_clocks(environment, milestones, (uint64_t)loop_time);
}

// serve(setPid, milestones, loopTime, positionalCount): returns in children, with the job's
// arguments from its program's name on if they are not the zygote's own. Returns null in the zygote
// if it had better run some more code before it serves.
static napi_value serve(napi_env env, napi_callback_info info) {
    struct cb_program program = own_program;
    take_arguments(env, info);
    find_generator();
    require_fork_handlers();
    static int attempts;
    const bool is_last = ++attempts == MOST_ATTEMPTS;
    if (!are_threads_parked()) {
        if (is_last) give_up("its helper threads", "never rest");
        return null(env);
    }
    struct cb_zygote_hooks hooks = {
        .prewarm = renew, .first_free_descriptor = note_descriptors(), .sizes_heap = true};
    owe_semaphore_wakeups();
    fill_heap_holes();
    phase = PHASE_SERVING;
    if (!send_scout(&hooks.woken_threads)) {
        if (hooks.woken_threads > 0 && !is_last) {
            phase = PHASE_STARTING;
            return null(env);
        }
        forget_files();
        pin_pages();
        cb_zygote_serve(&hooks, &program);
    }
    renew();
    // Node does the same with its streams at its start. Not earlier, since a program may be
    // exec'ed.
    for (int number = 0; number <= STDERR_FILENO; number++) fcntl(number, F_SETFD, FD_CLOEXEC);
    has_other_variables = replace_variables(&program);
    begin_clocks();
    return other_arguments(env, &program);
}

// hasOtherVariables(): whether the job's environment differs from the zygote's.
static napi_value tell_variables(napi_env env, napi_callback_info info) {
    (void)info;
    napi_value result = NULL;
    napi_get_boolean(env, has_other_variables, &result);
    return result;
}

// parkThreads(): returns whether a helper thread had anything to do since the last call.
static napi_value park(napi_env env, napi_callback_info info) {
    (void)info;
    napi_value result = NULL;
    napi_get_boolean(env, park_threads(), &result);
    return result;
}

static void set_flag(const char *flag) {
    node.set_flags(flag, strlen(flag));
}

// collectGarbage(): collects the young generation twice, since objects that survive that leave it.
// A collection of the old generation would empty inline caches.
static napi_value collect_garbage(napi_env env, napi_callback_info info) {
    (void)info;
    enum { MINOR = 1 };
    set_flag("--expose-gc");
    for (int time = 0; time < 2; time++)
        node.isolate_collect_garbage(node.isolate_current(), MINOR);
    set_flag("--no-expose-gc");
    return undefined(env);
}

// pretendFile(path, content)
static napi_value pretend(napi_env env, napi_callback_info info) {
    enum { MAXIMUM_PATH = 256, MAXIMUM_CONTENT = 16 << 10 };
    static char path[MAXIMUM_PATH], content[MAXIMUM_CONTENT];
    napi_value arguments[2];
    size_t count = 2, bytes = 0;
    napi_get_cb_info(env, info, &count, arguments, NULL, NULL);
    if (napi_get_value_string_utf8(env, arguments[0], path, sizeof path, NULL) != 0 ||
        napi_get_value_string_utf8(env, arguments[1], content, sizeof content, &bytes) != 0)
        give_up("it can't pretend", "a file");
    pretend_file(path, content, bytes);
    return undefined(env);
}

static napi_value borrow(napi_env env, napi_callback_info info) {
    (void)info;
    borrow_streams();
    return undefined(env);
}

static napi_value give_back(napi_env env, napi_callback_info info) {
    (void)info;
    return_streams();
    return undefined(env);
}

// turnEventLoop(): waits for an event and handles it; returns whether there may be more. The wait
// is outside of the loop, which would count it as idle time.
static napi_value turn_event_loop(napi_env env, napi_callback_info info) {
    (void)info;
    void *loop = node.default_loop();
    struct pollfd polled = {.fd = node.loop_descriptor(loop), .events = POLLIN};
    poll(&polled, 1, node.loop_timeout(loop));
    napi_value result = NULL;
    napi_get_boolean(env, node.run_loop(loop, RUN_NOWAIT) != 0, &result);
    return result;
}

// drainTasks(): waits until helper threads have done their work, and runs the tasks that follow.
static napi_value drain_tasks(napi_env env, napi_callback_info info) {
    (void)info;
    node.drain_tasks(node.platform(environment), node.isolate_current());
    return undefined(env);
}

// drainEventLoop(turn): has the loop handle events, if there are any, and returns whether there
// were. An event may have to wait for a helper thread, which on a busy machine may not run for a
// while, so the later turns take a millisecond each.
static napi_value drain_event_loop(napi_env env, napi_callback_info info) {
    enum { QUICK_TURNS = 1000, MOST_TURNS = QUICK_TURNS + 4000, PAUSE_US = 1000 };
    napi_value arguments[1], result = NULL;
    size_t count = 1;
    uint32_t turn = 0;
    napi_get_cb_info(env, info, &count, arguments, NULL, NULL);
    napi_get_value_uint32(env, arguments[0], &turn);
    void *loop = node.default_loop();
    struct pollfd polled = {.fd = node.loop_descriptor(loop), .events = POLLIN};
    const bool any = poll(&polled, 1, 0) > 0;
    if (any && turn >= MOST_TURNS) give_up("its event loop", "never rests");
    if (any && turn > QUICK_TURNS) usleep(PAUSE_US);
    if (any) node.run_loop(loop, RUN_NOWAIT);
    napi_get_boolean(env, any, &result);
    return result;
}

static napi_value make_native(napi_env env) {
    static const struct {
        const char *name;
        napi_callback function;
    } functions[] = {
        {"serve", serve},
        {"hasOtherVariables", tell_variables},
        {"parkThreads", park},
        {"collectGarbage", collect_garbage},
        {"pretendFile", pretend},
        {"borrowStreams", borrow},
        {"returnStreams", give_back},
        {"turnEventLoop", turn_event_loop},
        {"drainTasks", drain_tasks},
        {"drainEventLoop", drain_event_loop},
    };
    napi_value native, function;
    napi_create_object(env, &native);
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        napi_create_function(env, functions[i].name, strlen(functions[i].name),
                             functions[i].function, NULL, &function);
        napi_set_named_property(env, native, functions[i].name, function);
    }
    napi_value pid, warms;
    napi_create_uint32(env, USUAL_PID, &pid);
    napi_set_named_property(env, native, "usualPid", pid);
    napi_get_boolean(env, warms_typescript, &warms);
    napi_set_named_property(env, native, "warmsTypeScript", warms);
    return native;
}

static _Noreturn void give_up_script(napi_env env, const char *name) {
    static char message[256];
    napi_value error, text;
    if (napi_get_and_clear_last_exception(env, &error) == 0 &&
        napi_coerce_to_string(env, error, &text) == 0)
        napi_get_value_string_utf8(env, text, message, sizeof message, NULL);
    give_up(name, message);
}

// Runs a script, which is a function of (native, process, require). Its result is never collected.
static void run_script(napi_env env, napi_value native, const char *name, const char *script,
                       size_t bytes) {
    napi_value source, function, result;
    napi_create_string_utf8(env, script, bytes, &source);
    if (napi_run_script(env, source, &function) != 0) give_up_script(env, name);
    const napi_value arguments[] = {native, process_object, require_function};
    if (napi_call_function(env, undefined(env), function, 3, arguments, &result) != 0)
        give_up_script(env, name);
    // There are references to objects only, and not every script returns one.
    napi_ref reference;
    (void)napi_create_reference(env, result, 1, &reference);
}

static napi_value run_scripts(napi_env env, napi_value exports) {
    napi_value native = make_native(env);
    run_script(env, native, "warm.js says", warm_script, sizeof warm_script);
    run_script(env, native, "stage.js says", stage_script, sizeof stage_script);
    return exports;
}

// Called by node once its loaders are ready, as for an embedder. Workers inherit the call.
static void on_stage(const void *functor, void **own_environment, napi_value *process,
                     napi_value *require) {
    (void)functor;
    if (phase != PHASE_STARTING) return;
    environment = *own_environment;
    process_object = *process;
    require_function = *require;
    take_over_exit(environment);
    enum { MODULE_API_VERSION = 8 };
    void *context = node.isolate_context(node.isolate_current());
    node.register_module(process_object, process_object, context, (void *)run_scripts,
                         MODULE_API_VERSION);
}

void *load_environment(void *own_environment, struct std_function *start,
                       struct std_function *preload) {
    *preload = (struct std_function){.manage = manage_nothing, .invoke = (void *)on_stage};
    return node.load_environment(own_environment, start, preload);
}
