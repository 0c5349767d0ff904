#include "node_symbols.h"

#include <dlfcn.h>

#include "zygote_node.h"

struct node_symbols node;

struct symbol {
    void *place;
    const char *name;
};

static const struct symbol heap_symbols[] = {
    {&node.configure_heap, "_ZN2v819ResourceConstraints29ConfigureDefaultsFromHeapSizeEmm"},
};

static const struct symbol fork_symbols[] = {
    {&node.isolate_current, "_ZN2v87Isolate10GetCurrentEv"},
    {&node.isolate_context, "_ZN2v87Isolate17GetCurrentContextEv"},
    {&node.isolate_collect_garbage,
     "_ZN2v87Isolate34RequestGarbageCollectionForTestingENS0_21GarbageCollectionTypeE"},
    {&node.set_flags, "_ZN2v82V818SetFlagsFromStringEPKcm"},
    {&node.load_environment,
     "_ZN4node15LoadEnvironmentEPNS_11EnvironmentESt8functionIFN2v810MaybeLocalINS3_5ValueEEE"
     "RKNS_36StartExecutionCallbackInfoWithModuleEEES2_IFvS1_NS3_5LocalIS5_EESD_EE"},
    {&node.spin_event_loop, "_ZN4node21SpinEventLoopInternalEPNS_11EnvironmentE"},
    {&node.set_exit_handler,
     "_ZN4node21SetProcessExitHandlerEPNS_11EnvironmentEOSt8functionIFvS1_iEE"},
    {&node.platform, "_ZN4node23GetMultiIsolatePlatformEPNS_11EnvironmentE"},
    {&node.drain_tasks, "_ZN4node12NodePlatform10DrainTasksEPN2v87IsolateE"},
    {&node.register_module,
     "_Z30napi_module_register_by_symbolN2v85LocalINS_6ObjectEEENS0_INS_5ValueEEENS0_INS_7Context"
     "EEEPFP12napi_value__P10napi_env__S8_Ei"},
    {&node.start_time, "_ZN4node11per_process15node_start_timeE"},
    {&node.time_origin, "_ZN4node11performance25performance_process_startE"},
    {&node.time_origin_timestamp, "_ZN4node11performance35performance_process_start_timestampE"},
    {&node.generator_seed, "_ZN2v84base21RandomNumberGenerator7SetSeedEl"},
    {&node.generator_next, "_ZN2v84base21RandomNumberGenerator9NextBytesEPvm"},
    {&node.random_poll, "RAND_poll"},
    {&node.default_loop, "uv_default_loop"},
    {&node.loop_time, "uv_now"},
    {&node.loop_descriptor, "uv_backend_fd"},
    {&node.loop_timeout, "uv_backend_timeout"},
    {&node.loop_metrics, "uv_metrics_info"},
    {&node.run_loop, "uv_run"},
    {&node.update_time, "uv_update_time"},
    {&node.monotonic_time, "uv_hrtime"},
    {&node.shut_down_libuv, "uv_library_shutdown"},
};

static void find(const struct symbol *symbols, size_t count) {
    for (size_t i = 0; i < count; i++) {
        void *address = dlsym(RTLD_DEFAULT, symbols[i].name);
        if (!address) give_up("it has no", symbols[i].name);
        *(void **)symbols[i].place = address;
    }
}

void find_heap_symbols(void) {
    find(heap_symbols, sizeof heap_symbols / sizeof *heap_symbols);
}

void find_fork_symbols(void) {
    find(fork_symbols, sizeof fork_symbols / sizeof *fork_symbols);
}

int manage_nothing(void *to, const void *from, int operation) {
    (void)to;
    (void)from;
    (void)operation;
    return 0;
}
