#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "zygote.h"

#define STEP(step, call) CB_TAKE_STEP(CB_FD_CONTROL, step, call)

// Registers restartable sequences anew. The kernel unregisters them for a CLONE_VM child, such as
// the go-between, and its child inherits that; but libc relies on what it registered at its start.
static void register_restartable_sequences(void) {
#if defined(SYS_rseq) && defined(__has_builtin)
#if __has_builtin(__builtin_thread_pointer)
    extern const ptrdiff_t __rseq_offset __attribute__((weak));
    extern const unsigned __rseq_size __attribute__((weak));
    enum { AREA_BYTES = 32 };
#if defined(__x86_64__)
    enum { SIGNATURE = 0x53053053 };
#else
    enum { SIGNATURE = (int)0xd428bc00 };
#endif
    if (!&__rseq_offset || !&__rseq_size || __rseq_size == 0) return;
    char *area = (char *)__builtin_thread_pointer() + __rseq_offset;
    // If the kernel refuses, libc asks the kernel for the CPU's number instead of reading the area.
    (void)syscall(SYS_rseq, area, AREA_BYTES, 0, SIGNATURE);
#endif
#endif
}

static int close_others(bool sizes_heap) {
    if (!sizes_heap) return (int)syscall(SYS_close_range, CB_FD_FIRST_FREE, ~0u, 0);
    if (syscall(SYS_close_range, CB_FD_FIRST_FREE, CB_FD_HEAP - 1, 0) < 0) return -1;
    return (int)syscall(SYS_close_range, CB_FD_HEAP + 1, ~0u, 0);
}

static int lay_out_descriptors(const struct fork_request *request, bool sizes_heap) {
    static const struct {
        int from;
        int to;
    } places[] = {{CB_FORK_STDIN, 0},
                  {CB_FORK_STDOUT, 1},
                  {CB_FORK_STDERR, 2},
                  {CB_FORK_JOB, CB_FD_JOB},
                  // Last, so that failures can be reported until then.
                  {CB_FORK_CONTROL, CB_FD_CONTROL}};
    // The job socket takes the object's number. No descriptor of the request has this one, since
    // the zygote has few.
    if (sizes_heap && dup3(CB_FD_PRELOAD, CB_FD_HEAP, O_CLOEXEC) < 0) return -1;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (dup3(request->fds[places[i].from], places[i].to,
                 places[i].to >= CB_FD_CONTROL ? O_CLOEXEC : 0) < 0)
            return -1;
    return close_others(sizes_heap);
}

// Waits until PID 1 has built the sandbox. If PID 1 fails, the kernel ends this process with it.
static int await_built(int event) {
    uint64_t count;
    ssize_t got;
    do got = read(event, &count, sizeof count);
    while (got < 0 && errno == EINTR);
    return got == sizeof count ? 0 : -1;
}

int enter_sandbox(const struct fork_request *request, bool sizes_heap) {
    const int control = request->fds[CB_FORK_CONTROL];
    CB_TAKE_STEP(control, CB_STEP_ENTER, await_built(request->fds[CB_FORK_BUILT]));
    // From here on this process no longer sees the zygote's mounts.
    const int network = request->spec.has_network ? 0 : CLONE_NEWNET;
    CB_TAKE_STEP(control, CB_STEP_ENTER,
                 syscall(SYS_setns, request->fds[CB_FORK_INIT],
                         CLONE_NEWNS | network | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP));
    CB_TAKE_STEP(control, CB_STEP_DESCRIPTORS, lay_out_descriptors(request, sizes_heap));
    cb_put_on_layers(&request->spec, CB_FD_CONTROL);
    // The change of ids has made this process undumpable, so its files in /proc belong to root. An
    // exec'ed program is dumpable and may read its own.
    STEP(CB_STEP_JOB_IDS, prctl(PR_SET_DUMPABLE, 1));
    register_restartable_sequences();
    int listener = cb_install_telling_filter(&request->spec, request->filter);
    STEP(CB_STEP_SECCOMP, listener);
    return listener;
}
