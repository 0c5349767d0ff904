// The functions of node, V8, libuv and OpenSSL that this target uses. The node binary exports all.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// A std::function of libstdc++.
struct std_function {
    void *functor[2];
    int (*manage)(void *to, const void *from, int operation);
    void *invoke;
};

/// The `manage` of a function without a state.
int manage_nothing(void *to, const void *from, int operation);

// A uv_metrics_t.
struct loop_metrics {
    uint64_t loops, events, events_waiting;
    uint64_t *reserved[13];
};

// A v8::Local, an environment and an isolate are opaque pointers here.
struct node_symbols {
    void *(*isolate_current)(void);
    void *(*isolate_context)(void *isolate);
    void (*isolate_collect_garbage)(void *isolate, int type);  // needs the flag --expose-gc
    void (*configure_heap)(void *constraints, uint64_t initial_bytes, uint64_t maximum_bytes);
    void (*set_flags)(const char *flags, size_t bytes);
    void *(*load_environment)(void *, struct std_function *, struct std_function *);
    uint64_t (*spin_event_loop)(void *environment);
    void (*set_exit_handler)(void *environment, struct std_function *handler);
    void *(*platform)(void *environment);
    void (*drain_tasks)(void *platform, void *isolate);
    void (*register_module)(void *exports, void *module, void *context, void *init, int version);
    uint64_t *start_time;           // of process.uptime(), nanoseconds
    uint64_t *time_origin;          // of performance.now(), nanoseconds
    double *time_origin_timestamp;  // microseconds since 1970
    void (*generator_seed)(void *generator, int64_t seed);
    void (*generator_next)(void *generator, void *bytes, size_t count);
    int (*random_poll)(void);
    void *(*default_loop)(void);
    void (*update_time)(void *loop);
    uint64_t (*loop_time)(const void *loop);
    int (*loop_descriptor)(const void *loop);
    int (*loop_timeout)(const void *loop);
    int (*loop_metrics)(void *loop, struct loop_metrics *metrics);
    int (*run_loop)(void *loop, int mode);
    uint64_t (*monotonic_time)(void);
    void (*shut_down_libuv)(void);
};
extern struct node_symbols node;

/// Finds those that size heaps, or gives up.
void find_heap_symbols(void);
/// Finds all others, which only a zygote needs, or gives up.
void find_fork_symbols(void);

// ---- Node-API, node's stable C interface -------------------------------------------------------

typedef struct napi_env__ *napi_env;
typedef struct napi_value__ *napi_value;
typedef struct napi_ref__ *napi_ref;
typedef struct napi_callback_info__ *napi_callback_info;
typedef napi_value (*napi_callback)(napi_env, napi_callback_info);

int napi_get_undefined(napi_env, napi_value *);
int napi_get_null(napi_env, napi_value *);
int napi_create_function(napi_env, const char *, size_t, napi_callback, void *, napi_value *);
int napi_create_uint32(napi_env, uint32_t, napi_value *);
int napi_get_and_clear_last_exception(napi_env, napi_value *);
int napi_coerce_to_string(napi_env, napi_value, napi_value *);
int napi_get_value_double(napi_env, napi_value, double *);
int napi_get_value_uint32(napi_env, napi_value, uint32_t *);
int napi_get_value_string_utf8(napi_env, napi_value, char *, size_t, size_t *);
int napi_get_typedarray_info(napi_env, napi_value, int *, size_t *, void **, napi_value *,
                             size_t *);
int napi_create_object(napi_env, napi_value *);
int napi_create_array_with_length(napi_env, size_t, napi_value *);
int napi_create_string_utf8(napi_env, const char *, size_t, napi_value *);
int napi_get_boolean(napi_env, bool, napi_value *);
int napi_set_element(napi_env, napi_value, uint32_t, napi_value);
int napi_set_named_property(napi_env, napi_value, const char *, napi_value);
int napi_get_cb_info(napi_env, napi_callback_info, size_t *, napi_value *, napi_value *, void **);
int napi_create_reference(napi_env, napi_value, uint32_t, napi_ref *);
int napi_run_script(napi_env, napi_value, napi_value *);
int napi_call_function(napi_env, napi_value, napi_value, size_t, const napi_value *, napi_value *);
