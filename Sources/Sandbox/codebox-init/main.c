#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "init.h"

// The warden's one message: the spec, then the seccomp filter.
static struct {
    struct cb_spec spec;
    struct sock_filter filter[BPF_MAXINSNS];
} message;

static int receive_spec(void) {
    ssize_t count;
    do count = recv(CB_FD_CONTROL, &message, sizeof message, 0);
    while (count < 0 && errno == EINTR);
    if (count == 0) _exit(0);  // the warden gave up before it began
    if (count < 0) return -1;
    size_t filter_bytes = (size_t)message.spec.filter_length * sizeof(struct sock_filter);
    if ((size_t)count != sizeof(struct cb_spec) + filter_bytes || message.spec.magic != CB_MAGIC ||
        message.spec.filter_length == 0) {
        errno = EPROTO;
        return -1;
    }
    message.spec.rootfs[sizeof message.spec.rootfs - 1] = 0;
    return 0;
}

// Called again after every change of ids, which clears PDEATHSIG.
static int die_with_parent(void) {
    return prctl(PR_SET_PDEATHSIG, SIGKILL);
}

static int set_host_name(void) {
    return sethostname("codebox", strlen("codebox"));
}

static int drop_init_privilege(void) {
    if (cb_lock_securebits() < 0 || cb_drop_bounding_set() < 0 || cb_drop_capabilities() < 0 ||
        cb_forbid_new_privileges() < 0)
        return -1;
    // No process in this namespace may read or trace PID 1.
    if (prctl(PR_SET_DUMPABLE, 0) < 0) return -1;
    return die_with_parent();
}

#define STEP(step, call) CB_TAKE_STEP(CB_FD_CONTROL, step, call)

// Builds the namespaces and mounts: all that the job will see.
static void build(const struct cb_spec *spec) {
    // The root is a copy of the template's: image and /dev, both read-only, which no process in
    // this user namespace can change. The maps of ids are written to a /proc that has this process.
    STEP(CB_STEP_PROC, mount_proc(CB_IS_ON(spec, CB_LAYER_PROC)));
    if (spec->separate_ids) STEP(CB_STEP_SETUP_IDS, cb_become_namespace_root());
    else STEP(CB_STEP_ID_MAP, cb_map_own_ids(spec));
    STEP(CB_STEP_PARENT_DEATH, die_with_parent());

    const int network = CB_IS_ON(spec, CB_LAYER_NETWORK) && !spec->has_network ? CLONE_NEWNET : 0;
    STEP(CB_STEP_UNSHARE, unshare(CLONE_NEWCGROUP | network));
    if (network) STEP(CB_STEP_LOOPBACK, bring_loopback_up());
    if (network && CB_IS_ON(spec, CB_LAYER_SYSCTLS)) STEP(CB_STEP_SYSCTL, bound_network());
    if (CB_IS_ON(spec, CB_LAYER_SYSCTLS)) STEP(CB_STEP_SYSCTL, forbid_namespaces());
    STEP(CB_STEP_HOSTNAME, set_host_name());
    // Comes before the tmpfs mounts, which hide the files that entries are masked with.
    if (CB_IS_ON(spec, CB_LAYER_PROC)) STEP(CB_STEP_PROC_MASK, mask_proc(spec->absent_covers));
    STEP(CB_STEP_TMPFS, mount_tmpfs(spec));
    STEP(CB_STEP_TERMINALS, mount_terminals());
}

// Builds a template: the mount namespace that all sandboxes of an image copy. What is the same in
// all of them, and can't be written to, is built once.
static _Noreturn void build_template(const struct cb_spec *spec) {
    STEP(CB_STEP_PROPAGATION, make_mounts_private());
    int image = open_image(spec->rootfs);
    STEP(CB_STEP_IMAGE, image);
    STEP(CB_STEP_ROOT, mount_root(image, spec->rootfs, spec->writable_root));
    STEP(CB_STEP_DEV, mount_dev());
    STEP(CB_STEP_INTERFACES, place_interfaces(CB_FD_INTERFACES));
    // The kernel lets a user namespace mount /proc only where one is visible already. This one
    // belongs to a pid namespace that ends with this process, so it shows no process to a sandbox.
    STEP(CB_STEP_PROC, mount_proc(true));
    const struct cb_note built = {
        .kind = CB_NOTE_BUILT, .at_ns = cb_now_ns(), .absent_covers = find_absent_covers()};
    STEP(CB_STEP_PIVOT, pivot());
    cb_send_note(CB_FD_CONTROL, &built);
    // Waits until the warden has opened the namespace and closes its end.
    char byte;
    while (read(CB_FD_CONTROL, &byte, 1) < 0 && errno == EINTR) continue;
    _exit(0);
}

static void block_child_signal(void) {
    sigset_t child_ended;
    sigemptyset(&child_ended);
    sigaddset(&child_ended, SIGCHLD);
    STEP(CB_STEP_FORK, sigprocmask(SIG_BLOCK, &child_ended, NULL));
}

static _Noreturn void run_own_job(const struct cb_spec *spec) {
    int notes[2], go[2];
    // The job's process writes its notes to this pipe; exec closes it.
    STEP(CB_STEP_FORK, pipe2(notes, O_CLOEXEC));
    // PID 1 writes to this pipe once it has dropped its privilege.
    STEP(CB_STEP_FORK, pipe2(go, O_CLOEXEC));
    // Before the fork, for both processes: each of its many calls makes new credentials.
    if (CB_IS_ON(spec, CB_LAYER_CAPABILITIES)) STEP(CB_STEP_BOUNDING, cb_drop_bounding_set());
    pid_t job = fork();
    STEP(CB_STEP_FORK, job);
    if (job == 0) run_job(spec, message.filter, notes[1], go[0]);

    close(notes[1]);
    close(0);
    close(1);
    close(2);
    close(CB_FD_JOB);
    close(CB_FD_HEAP);
    close(go[0]);
    STEP(CB_STEP_DROP_INIT, drop_init_privilege());
    STEP(CB_STEP_DROP_INIT, write(go[1], "", 1));
    close(go[1]);
    // Limits a PID 1 that is taken over. PID 1 needs no call that the job may not make.
    STEP(CB_STEP_SECCOMP, cb_install_job_filter(spec, message.filter));
    supervise(job, notes[0]);
}

// Waits for a zygote's child, which enters only after PID 1 has dropped its privilege.
static _Noreturn void await_entrant(const struct cb_spec *spec) {
    static const uint64_t one = 1;
    STEP(CB_STEP_DROP_INIT, drop_init_privilege());
    STEP(CB_STEP_SECCOMP, cb_install_job_filter(spec, message.filter));
    STEP(CB_STEP_ENTER, write(CB_FD_BUILT, &one, sizeof one));
    close(CB_FD_BUILT);
    supervise_hollow();
}

int main(int count, char **arguments) {
    STEP(CB_STEP_PARENT_DEATH, die_with_parent());
    if (count > 1 && strcmp(arguments[1], "zygote") == 0) start_zygote();
    const struct cb_spec *spec = &message.spec;
    STEP(CB_STEP_SPEC, receive_spec());
    if (count > 1 && strcmp(arguments[1], "template") == 0) build_template(spec);
    build(spec);
    block_child_signal();
    if (spec->hollow) await_entrant(spec);
    run_own_job(spec);
}
