// The messages that the processes of CodeBox exchange. This code is in all of them: the server (the
// warden's client), the warden, PID 1 of a sandbox, zygotes, and jobs' processes before their
// programs. It makes no call but clock_gettime, since PID 1 has no libc.
//
// All processes are of one build on one machine, so messages have native layout and byte order.
#pragma once
#include <stddef.h>
#include <stdint.h>

/// CLOCK_MONOTONIC, nanoseconds: the clock of every member whose name ends in `_ns`.
uint64_t cb_now_ns(void);

// Counts up with every change of the messages between client and warden; CB_MAGIC ends with it.
#define CB_PROTOCOL 4
#define CB_MAGIC 0x43423034u
_Static_assert(CB_MAGIC == 0x43423030u + CB_PROTOCOL, "the magic number names the protocol");

// ---- client <-> warden, SOCK_SEQPACKET -------------------------------------------------------

enum cb_request_kind {
    CB_CREATE = 1,  // make a sandbox: image, limits, flags and zygote are set
    CB_KILL = 2,    // kill a sandbox: its report has verdict CB_VERDICT_KILLED
    CB_TAKE = 3,    // a waiting sandbox gets its program now: the limits are its job's
    CB_ZYGOTE = 4,  // start a zygote: image, zygote_kind, heap_mib and variants are set; the start
                    // record of the image says the rest
    CB_DROP_ZYGOTE = 5,  // end a zygote; jobs that were forked from it go on
};

enum cb_request_flags {
    CB_FLAG_WAITS = 1,   // CB_CREATE: for the pool; the program comes only after CB_TAKE
    CB_FLAG_ANSWER = 2,  // CB_TAKE: answer CB_TAKEN once the limits are in force
};

#define CB_LIMITS 16  // room for more limits than there are

struct cb_request {
    uint32_t magic;
    uint32_t kind;
    uint64_t id;  // chosen by the client, unique on its connection; zygotes' ids count separately
    uint64_t zygote;  // CB_CREATE: the zygote to fork the job's process from; 0: exec
    uint32_t flags;
    uint32_t zygote_kind;  // CB_ZYGOTE: enum cb_zygote_kind
    uint32_t heap_mib;     // CB_ZYGOTE: the heap that its jobs' memory limit gives; 0: none named
    uint32_t variants;     // CB_ZYGOTE: which variants of the start record are in its environment
    uint8_t image[32];
    uint64_t limits[CB_LIMITS];  // in the order of LimitField; CPUs in thousandths of a core
};

enum cb_zygote_kind {
    CB_ZYGOTE_PYTHON = 1,
    CB_ZYGOTE_NODE = 2,
};

// The most bytes of strings, and the most strings, that a zygote's start record may hold.
#define CB_ZYGOTE_STRING_BYTES 65536
#define CB_ZYGOTE_STRINGS 256

enum cb_reply_kind {
    CB_CREATED = 1,  // with four fds: job socket, stdin, stdout, stderr
    CB_REPORT = 2,   // how the program ended; all that it wrote until then is in the pipes
    CB_GONE = 3,     // the sandbox's last process is reaped and its cgroup removed
    CB_READY = 4,    // all layers are on, the sandbox waits for its program; memory_peak_bytes says
                     // what it has used so far
    CB_TAKEN = 5,    // the limits of CB_TAKE are in force; `error` and `detail` if not
    CB_ZYGOTE_UP = 6,    // status: how many of the interpreter's threads a small program wakes
    CB_ZYGOTE_DOWN = 7,  // the zygote did not start or has died; `step`, `error`, `detail` say why
};

enum cb_verdict {
    CB_VERDICT_ENDED = 0,  // the program ended by itself; `status` is the wait status
    CB_VERDICT_WALL = 1,
    CB_VERDICT_CPU = 2,
    CB_VERDICT_KILLED = 3,         // the client asked for it
    CB_VERDICT_FAILED = 4,         // a set-up step failed; `step`, `index`, `error` say which
    CB_VERDICT_DIED = 5,           // PID 1 was killed from outside, or by the OOM killer
    CB_VERDICT_MEMORY = 6,         // the OOM killer killed a process, and the warden the others
    CB_VERDICT_KERNEL_MEMORY = 7,  // it held most of the kernel memory that no cgroup counts
};

// A system call that the job's filter refused, with one errno.
struct cb_refusal {
    uint16_t number;  // UINT16_MAX for every number above
    uint16_t error;
    uint32_t count;
};
#define CB_MAXIMUM_REFUSALS 32

struct cb_reply {
    uint32_t magic;
    uint32_t kind;
    uint64_t id;
    uint32_t verdict;
    int32_t status;
    uint32_t step;
    int32_t index;
    int32_t error;
    uint32_t oom_kills;
    uint64_t started_ns;  // CLOCK_MONOTONIC; 0 if the program never started
    uint64_t ended_ns;
    uint64_t cpu_user_us;
    uint64_t cpu_system_us;
    uint64_t memory_peak_bytes;
    uint32_t tells_refusals;  // CB_REPORT: 1: `detail` is `refusals` of cb_refusal, no sentence
    uint32_t refusals;        // at most CB_MAXIMUM_REFUSALS
    char detail[256];         // a sentence, when there is more to say than step and errno
};
_Static_assert(sizeof(struct cb_refusal) * CB_MAXIMUM_REFUSALS <= 256, "refusals fit in a reply");

// ---- warden <-> PID 1, SOCK_SEQPACKET --------------------------------------------------------

// The set-up steps, in the order in which they are taken. An error names one (cb_step_name). A
// comment says which process takes the step; `index` is that of an error.
enum cb_step {
    CB_STEP_NONE = 0,
    CB_STEP_LIMITS,        // warden: the limits are above its ceilings
    CB_STEP_RECORD,        // warden: reading the image's start record
    CB_STEP_CGROUP,        // warden: making the leaf and its limits
    CB_STEP_PIPES,         // warden: pipes and sockets
    CB_STEP_TEMPLATE,      // warden: the mount namespace that the image's sandboxes copy
    CB_STEP_CLONE,         // warden: clone3 into the new namespaces
    CB_STEP_CGROUP_JOIN,   // child: entering the leaf
    CB_STEP_DESCRIPTORS,   // child: laying out its fds
    CB_STEP_AMBIENT,       // child: keeping set-up capabilities over exec
    CB_STEP_EXEC_INIT,     // child: exec of PID 1's program
    CB_STEP_ID_MAP,        // warden as root, else PID 1: uid_map and gid_map
    CB_STEP_SPEC,          // PID 1: receiving what to build
    CB_STEP_PARENT_DEATH,  // PID 1: dying with the warden
    CB_STEP_IMAGE,         // PID 1: opening the image
    CB_STEP_SETUP_IDS,     // PID 1: becoming the namespace's own root
    CB_STEP_UNSHARE,       // PID 1: its cgroup and network namespaces
    CB_STEP_LOOPBACK,
    CB_STEP_HOSTNAME,
    CB_STEP_KEYRING,
    CB_STEP_PROPAGATION,
    CB_STEP_ROOT,  // the read-only image in place of the host's root
    CB_STEP_DEV,
    CB_STEP_INTERFACES,  // template: the object that answers about network interfaces
    CB_STEP_TERMINALS,   // PID 1: its own pseudo-terminals
    CB_STEP_TMPFS,       // index: which of the table in mounts.c
    CB_STEP_PROC,
    CB_STEP_PROC_MASK,  // index: which of the table in covers.c
    CB_STEP_PIVOT,
    CB_STEP_FORK,       // PID 1: forking the job's process
    CB_STEP_DROP_INIT,  // PID 1: giving up its own privilege
    CB_STEP_SECUREBITS,
    CB_STEP_BOUNDING,
    CB_STEP_JOB_IDS,
    CB_STEP_CAPABILITIES,
    CB_STEP_NO_NEW_PRIVS,
    CB_STEP_RLIMIT,  // index: the limit's number (RLIMIT_…)
    CB_STEP_OOM_SCORE,
    CB_STEP_SIGNALS,
    CB_STEP_WORKSPACE,  // job: chdir
    CB_STEP_CLOSE_FDS,
    CB_STEP_SECCOMP,
    CB_STEP_RECEIVE,      // job: reading program and files from the job socket
    CB_STEP_FILE,         // index: which file of the job
    CB_STEP_OUTPUT,       // job: making stdout and stderr one pipe
    CB_STEP_HEAP,         // job: the object that sizes the interpreter's heap
    CB_STEP_EXEC,         // job: exec of the runtime's command
    CB_STEP_ZYGOTE,       // warden: the zygote does not exist, has died, or took too long
    CB_STEP_ZYGOTE_FORK,  // zygote: forking the job's process
    CB_STEP_CANARY,       // job: a stack canary that is not the zygote's
    CB_STEP_ENTER,        // job: entering the sandbox's namespaces; index: which setns
    CB_STEP_SYSCTL,       // PID 1: bounding its namespaces; index: which of the table in sysctls.c
    CB_STEP_COUNT
};

/// A step's name for messages; "unknown step" for a number out of range.
const char *cb_step_name(uint32_t step);

// The kernel's resource limits (setrlimit(2)). A limit's number is its index, which is the same on
// x86-64 and arm64.
#define CB_RLIMITS 16

struct cb_rlimit {
    uint64_t soft;
    uint64_t hard;
    // 1: the sandbox fails if the warden itself has less. 0: the job then gets what the warden has.
    uint32_t promised;
    uint32_t reserved;
};

// Layers that a debug build can leave out, so that tests can show that attacks succeed without.
enum cb_layer {
    CB_LAYER_CAPABILITIES = 1,
    CB_LAYER_PROC = 2,
    CB_LAYER_NETWORK = 4,
    CB_LAYER_SYSCTLS = 8
};

// A setting of a namespace, as a file that the kernel shows to the namespace's processes.
struct cb_sysctl {
    const char *path;
    const char *value;
};

// Bounds of each network namespace. Whoever makes a namespace writes them, as CAP_NET_ADMIN there.
extern const struct cb_sysctl cb_network_sysctls[];
extern const size_t cb_network_sysctl_count;

// What PID 1 builds; the seccomp filter follows.
struct cb_spec {
    uint32_t magic;
    uint32_t separate_ids;  // 1: PID 1 is uid 0 of the namespace, the job another; 0: one id only
    uint32_t job_uid;       // as seen inside
    uint32_t job_gid;
    uint32_t outer_uid;  // with one id only: the id outside to which PID 1 maps it
    uint32_t outer_gid;
    uint64_t workspace_bytes;
    uint64_t tmpfs_inodes;
    struct cb_rlimit rlimits[CB_RLIMITS];
    int32_t oom_score_adj;
    uint32_t filter_length;   // sock_filter instructions behind this struct
    uint32_t hollow;          // 1: PID 1 forks no job's process; a zygote's child enters
    uint32_t cgroup_leaf;     // to a zygote: 1: the last fd is the leaf to be born in (v2)
    uint32_t writable_root;   // 1: an image being built: the job may change it, and begins in /
    uint32_t layers_off;      // of cb_layer; only a debug build reads it
    uint64_t absent_covers;   // as the builder of a template said in its note
    uint32_t tells_refusals;  // 1: the filter tells the warden of refused calls; an exec'ed job's
                              // process sends its listener with CB_NOTE_READY, too
    uint32_t has_network;     // 1: PID 1 is born in its network namespace, and makes none
    char rootfs[1024];
};

// What a zygote is built from; its seccomp filter follows, then its strings (arguments, then
// environment, NUL-terminated).
struct cb_zygote_spec {
    uint32_t magic;
    uint32_t argument_count;
    uint32_t environment_count;
    uint32_t string_bytes;
    uint32_t filter_length;  // sock_filter instructions between this struct and the strings
    uint32_t separate_ids;   // 1: the zygote becomes uid and gid, and has its own /proc
    uint32_t uid;
    uint32_t gid;
    struct cb_rlimit rlimits[CB_RLIMITS];
    char rootfs[1024];
};

// The descriptors of a fork request, whose bytes are a cb_spec and its filter, as PID 1 gets them.
// Behind these come those of the cgroup: `tasks` files to write "0" to (v1), or the leaf (v2).
enum cb_fork_fd {
    CB_FORK_INIT,     // pidfd of PID 1
    CB_FORK_CONTROL,  // PID 1's end of its control socket
    CB_FORK_JOB,
    CB_FORK_STDIN,
    CB_FORK_STDOUT,
    CB_FORK_STDERR,
    CB_FORK_BUILT,  // eventfd that PID 1 writes to once the sandbox stands
    CB_FORK_CGROUP,
};
#define CB_MAXIMUM_FDS 16

// A forked interpreter calls exit_group with its status and these bits, of which the kernel uses
// none. Its filter tells the warden of the call before the kernel makes it, and so before the
// kernel frees the process's memory, which takes as long as a small program.
#define CB_EXIT_MARK 0x0cb0de00u
#define CB_EXIT_MASK 0xffffff00u

enum cb_note_kind {
    CB_NOTE_READY = 1,    // job: all layers are on, the process waits for its program. A zygote's
                          // child sends the listener of its seccomp filter along. Zygote: it can be
                          // forked; status: as of CB_ZYGOTE_UP
    CB_NOTE_STARTED = 2,  // the program started at at_ns
    CB_NOTE_ENDED = 3,    // the program ended at at_ns with `status`
    CB_NOTE_FAILED = 4,   // step, index, error
    CB_NOTE_BUILT = 5,    // template: its mount namespace is complete; absent_covers is set
    CB_NOTE_FORKED = 6,   // zygote: with the pidfd of the job's process; status: its pid
};

struct cb_note {
    uint32_t kind;
    uint32_t step;
    int32_t index;
    int32_t error;
    int32_t status;
    uint32_t reserved;
    uint64_t at_ns;
    uint64_t absent_covers;  // entries of /proc that this kernel does not have and can't get; by
                             // their numbers in the table in covers.c
};

// ---- client -> job, SOCK_STREAM --------------------------------------------------------------

enum cb_job_flags {
    // The program may run in a forked interpreter: its arguments begin with the zygote's command,
    // except for the program's name, and nothing else of the job needs a fresh interpreter. Without
    // this flag it is exec'ed.
    CB_JOB_MAY_FORK = 1,
    // The program's stderr is the pipe that its stdout is.
    CB_JOB_MERGE_OUTPUT = 2,
};

// The beginning of a program. `string_bytes` of NUL-terminated strings follow (arguments, then
// environment), and then, `file_count` times, a cb_job_file, the path (no NUL) and the content.
struct cb_job_header {
    uint32_t magic;
    uint32_t flags;
    uint32_t argument_count;
    uint32_t environment_count;
    uint32_t file_count;
    uint32_t heap_mib;  // what CB_FD_HEAP tells an exec'ed interpreter; 0: it is not needed
    uint64_t string_bytes;
};

struct cb_job_file {
    uint32_t path_bytes;
    uint32_t mode;
    uint64_t content_bytes;
};

// The file descriptors that PID 1 starts with.
enum { CB_FD_CONTROL = 3, CB_FD_JOB = 4, CB_FD_FIRST_FREE = 5 };
// A hollow PID 1 has the eventfd of CB_FORK_BUILT in place of a job socket.
enum { CB_FD_BUILT = 4 };
// A zygote has its control socket where PID 1 has it, and here the object that it preloads.
enum { CB_FD_PRELOAD = 4 };
// Until its program starts, a job's process may have here the object that sizes the heap of an
// exec'ed interpreter. The number is above all that interpreters use at their start, and in the
// smallest table of descriptors that the kernel makes.
enum { CB_FD_HEAP = 63 };
// A zygote has here the io_uring that pins its pages, where the kernel offers one, with room for so
// many ranges.
enum { CB_FD_PINS = 62, CB_MAXIMUM_PINS = 4096 };
// The variables that name the object, by a descriptor's number and before what the job itself has
// there, and the heap's size in MiB.
#define CB_PRELOAD "LD_PRELOAD="
#define CB_HEAP_PRELOAD CB_PRELOAD "/proc/self/fd/"
#define CB_HEAP_SIZE "CODEBOX_JOB_HEAP_MIB="
// The variable that tells a zygote the heap's size in MiB.
#define CB_ZYGOTE_HEAP_SIZE "CODEBOX_HEAP_MIB="
// A template's builder has the object that exec'ed programs preload.
enum { CB_FD_INTERFACES = 4 };
