// Runs stage.js, which gets everything ready and then calls `serve`: see there.
#include <string.h>
#include <sys/random.h>

#include "zygote_node.h"

#pragma clang diagnostic ignored "-Wc23-extensions"
static const char script[] = {
#embed "stage.js"
};

// node::EmbedderPreloadCallback gets references to these.
struct stage {
    void *process;
    void *require;  // node's internal one
};
static struct stage stage;

static napi_env prewarm_env;
static napi_value prewarm_function;
static bool is_renewed;

static napi_value undefined(napi_env env) {
    napi_value value = NULL;
    napi_get_undefined(env, &value);
    return value;
}

// What a child must have of its own before a line of the program's runs; early if there is time.
static void renew(void) {
    if (is_renewed) return;
    is_renewed = true;
    phase = PHASE_JOB;
    renew_descriptors();
    node.random_poll();
}

static void prewarm(void) {
    renew();
    napi_value result;
    napi_call_function(prewarm_env, undefined(prewarm_env), prewarm_function, 0, NULL, &result);
}

static napi_value list_strings(napi_env env, char **strings, size_t count) {
    napi_value list, string;
    napi_create_array_with_length(env, count, &list);
    for (size_t i = 0; i < count; i++) {
        napi_create_string_utf8(env, strings[i], strlen(strings[i]), &string);
        napi_set_element(env, list, (uint32_t)i, string);
    }
    return list;
}

// serve(prewarm): returns in children only, [arguments, environment] of the job.
static napi_value serve(napi_env env, napi_callback_info info) {
    size_t count = 1;
    prewarm_env = env;
    napi_get_cb_info(env, info, &count, &prewarm_function, NULL, NULL);
    park_threads();
    phase = PHASE_SERVING;
    struct cb_program program;
    const struct cb_zygote_hooks hooks = {.prewarm = prewarm};
    cb_zygote_serve(&hooks, &program);
    renew();
    node.update_time(node.default_loop());
    *node.start_time = node.monotonic_time();

    napi_value result;
    size_t own = (size_t)own_argument_count;
    napi_create_array_with_length(env, 2, &result);
    napi_set_element(env, result, 0,
                     list_strings(env, program.arguments + own, program.argument_count - own));
    napi_set_element(env, result, 1,
                     list_strings(env, program.environment, program.environment_count));
    return result;
}

// seed(): a random number, 1 to 2^31 - 1.
static napi_value seed(napi_env env, napi_callback_info info) {
    (void)info;
    uint32_t bits = 0;
    while (bits == 0) {
        if (getrandom(&bits, sizeof bits, 0) != sizeof bits) give_up("no", "random numbers");
        bits >>= 1;
    }
    napi_value value;
    napi_create_double(env, bits, &value);
    return value;
}

static napi_value collect_garbage(napi_env env, napi_callback_info info) {
    (void)info;
    node.isolate_collect_garbage(node.isolate_current());
    return undefined(env);
}

static napi_value make_native(napi_env env) {
    static const struct {
        const char *name;
        napi_callback function;
    } functions[] = {{"serve", serve}, {"seed", seed}, {"collectGarbage", collect_garbage}};
    napi_value native, function;
    napi_create_object(env, &native);
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        napi_create_function(env, functions[i].name, strlen(functions[i].name),
                             functions[i].function, NULL, &function);
        napi_set_named_property(env, native, functions[i].name, function);
    }
    return native;
}

// The script is a function of (native, process, require).
static napi_value run_script(napi_env env, napi_value exports) {
    napi_value source, function, result;
    napi_create_string_utf8(env, script, sizeof script, &source);
    if (napi_run_script(env, source, &function) != 0) give_up("it can't read", "our script");
    const napi_value arguments[] = {make_native(env), stage.process, stage.require};
    if (napi_call_function(env, undefined(env), function, 3, arguments, &result) != 0)
        give_up("it can't run", "our script");
    return exports;
}

// Node's embedders may have it call them once its own loaders stand, right before it loads modules
// that the command line names. Workers inherit the call.
static void on_stage(const void *functor, void **environment, void **process, void **require) {
    (void)functor;
    if (phase != PHASE_STARTING) return;
    take_over_exit(*environment);
    stage = (struct stage){.process = *process, .require = *require};
    void *context = node.isolate_context(node.isolate_current());
    enum { MODULE_API_VERSION = 8 };
    node.register_module(stage.process, stage.process, context, (void *)run_script,
                         MODULE_API_VERSION);
}

static int manage_nothing(void *to, const void *from, int operation) {
    (void)to;
    (void)from;
    (void)operation;
    return 0;
}

void *load_environment(void *environment, struct std_function *start,
                       struct std_function *preload) {
    *preload = (struct std_function){.manage = manage_nothing, .invoke = (void *)on_stage};
    return node.load_environment(environment, start, preload);
}
