// The fixed-size messages between client, warden and PID 1. All three are one build on one
// machine, so native layout and byte order are right.
#pragma once
#include <stdint.h>

#define CB_MAGIC 0x43423031u

// ---- client <-> warden, SOCK_SEQPACKET -------------------------------------------------------

enum cb_request_kind {
    CB_CREATE = 1,  // make a sandbox: image and limits are set
    CB_KILL = 2,    // kill it: its report will say verdict CB_VERDICT_KILLED
};

struct cb_request {
    uint32_t magic;
    uint32_t kind;
    uint64_t id;  // chosen by the client, unique on its connection
    uint8_t image[32];
    uint64_t wall_ms;
    uint64_t cpu_ms;
    uint64_t memory_bytes;
    uint64_t cpu_milli;  // thousandths of a core
    uint64_t processes;
    uint64_t workspace_bytes;
    uint64_t open_files;
};

enum cb_reply_kind {
    CB_CREATED = 1,  // with four fds: job socket, stdin, stdout, stderr
    CB_REPORT = 2,   // how it ended; outputs written until then are in the pipes
    CB_GONE = 3,     // its last process is reaped and its cgroup removed
};

enum cb_verdict {
    CB_VERDICT_ENDED = 0,    // by itself; `status` is the wait status
    CB_VERDICT_WALL = 1,
    CB_VERDICT_CPU = 2,
    CB_VERDICT_KILLED = 3,   // the client asked for it
    CB_VERDICT_FAILED = 4,   // a layer could not be put on; `step`, `index`, `error` say which
    CB_VERDICT_DIED = 5,     // PID 1 was killed from outside, or by the OOM killer
    CB_VERDICT_MEMORY = 6,   // the kernel killed in it for want of memory, and we the rest
};

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
    char detail[256];  // a sentence, when there is more to say than step and errno
};

// ---- warden <-> PID 1, SOCK_SEQPACKET --------------------------------------------------------

// The set-up steps, in the order they are taken; an error names one (cb_step_name).
enum cb_step {
    CB_STEP_NONE = 0,
    CB_STEP_CGROUP,          // warden: making the leaf and its limits
    CB_STEP_PIPES,           // warden: pipes and sockets
    CB_STEP_CLONE,           // warden: clone3 into the new namespaces
    CB_STEP_CGROUP_JOIN,     // child: entering the leaf
    CB_STEP_DESCRIPTORS,     // child: laying out its fds
    CB_STEP_AMBIENT,         // child: keeping set-up capabilities over exec
    CB_STEP_EXEC_INIT,       // child: exec of PID 1's program
    CB_STEP_ID_MAP,          // warden as root, else PID 1: uid_map and gid_map
    CB_STEP_SPEC,            // PID 1: receiving what to build
    CB_STEP_PARENT_DEATH,    // PID 1: dying with the warden
    CB_STEP_IMAGE,           // PID 1: opening the image
    CB_STEP_SETUP_IDS,       // PID 1: becoming the namespace's own root
    CB_STEP_CGROUP_NAMESPACE,
    CB_STEP_LOOPBACK,
    CB_STEP_HOSTNAME,
    CB_STEP_KEYRING,
    CB_STEP_PROPAGATION,
    CB_STEP_ROOT,            // read-only image in place of the host's root
    CB_STEP_DEV,
    CB_STEP_TMPFS,           // index: which of the table in mounts.c
    CB_STEP_PROC,
    CB_STEP_PROC_MASK,       // index: which of the table in mounts.c
    CB_STEP_PIVOT,
    CB_STEP_FORK,            // PID 1: forking the job's process
    CB_STEP_DROP_INIT,       // PID 1: giving up its own privilege
    CB_STEP_SECUREBITS,
    CB_STEP_BOUNDING,
    CB_STEP_JOB_IDS,
    CB_STEP_CAPABILITIES,
    CB_STEP_NO_NEW_PRIVS,
    CB_STEP_RLIMIT,          // index: which of the table in job.c
    CB_STEP_OOM_SCORE,
    CB_STEP_SIGNALS,
    CB_STEP_WORKSPACE,       // job: chdir
    CB_STEP_CLOSE_FDS,
    CB_STEP_SECCOMP,
    CB_STEP_RECEIVE,         // job: reading program and files from the job socket
    CB_STEP_FILE,            // index: which file of the job
    CB_STEP_EXEC,            // job: exec of the runtime's command
    CB_STEP_COUNT
};

/// A step's name for messages; "unknown step" for a number out of range.
const char *cb_step_name(uint32_t step);

struct cb_spec {
    uint32_t magic;
    uint32_t separate_ids;  // 1: PID 1 is uid 0 of the namespace, the job another; 0: one id only
    uint32_t job_uid;       // as seen inside
    uint32_t job_gid;
    uint32_t outer_uid;     // with one id only: what PID 1 maps it to
    uint32_t outer_gid;
    uint64_t workspace_bytes;
    uint64_t tmpfs_inodes;
    uint64_t open_files;
    uint64_t file_bytes;
    uint64_t stack_bytes;
    uint64_t locked_bytes;
    uint64_t processes;
    int32_t oom_score_adj;
    uint32_t filter_length;  // sock_filter instructions behind the path
    char rootfs[1024];
};

enum cb_note_kind {
    CB_NOTE_READY = 1,    // all layers are on; waits for its program
    CB_NOTE_STARTED = 2,  // the program runs since at_ns
    CB_NOTE_ENDED = 3,    // it ended at at_ns with `status`
    CB_NOTE_FAILED = 4,   // step, index, error
};

struct cb_note {
    uint32_t kind;
    uint32_t step;
    int32_t index;
    int32_t error;
    int32_t status;
    uint32_t reserved;
    uint64_t at_ns;
};

// ---- client -> job, SOCK_STREAM --------------------------------------------------------------

// Followed by `string_bytes` of NUL-terminated strings (arguments, then environment), then by
// `file_count` times: cb_job_file, path (no NUL), content.
struct cb_job_header {
    uint32_t magic;
    uint32_t argument_count;
    uint32_t environment_count;
    uint32_t file_count;
    uint64_t string_bytes;
};

struct cb_job_file {
    uint32_t path_bytes;
    uint32_t mode;
    uint64_t content_bytes;
};

// File descriptors PID 1 is born with.
enum { CB_FD_CONTROL = 3, CB_FD_JOB = 4, CB_FD_FIRST_FREE = 5 };
