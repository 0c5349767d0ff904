// What Swift cannot do: code between clone and exec, and the CMSG macros.
//
// Error convention of all functions here: 0 or a result on success, -errno on failure.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "codebox_protocol.h"

enum cb_spawn_role {
    CB_SPAWN_INIT,      // PID 1 of a sandbox: in new namespaces of every kind
    CB_SPAWN_ZYGOTE,    // in the warden's user and pid namespaces, or it could not enter sandboxes
    CB_SPAWN_TEMPLATE,  // in the warden's user namespace: builds what sandboxes' mounts copy
};

struct cb_spawn {
    enum cb_spawn_role role;
    int init_fd;      // PID 1's program
    int template_fd;  // mount namespace to copy in place of the warden's own; -1: none
    int home_fd;      // the warden's own, and its current folder
    int folder_fd;
    int control_fd;  // its ends of the sockets and pipes; -1: it has none such
    int job_fd;      // a zygote's: the object it preloads; a hollow PID 1's: CB_FD_BUILT
    int stdin_fd;
    int stdout_fd;
    int stderr_fd;
    int cgroup_fd;        // v2: leaf to be born in; -1: none
    uid_t owner;          // of the new user namespace: who may enter it; 0: the warden's own uid
    const int *task_fds;  // v1: files to write "0" to
    int task_fd_count;
    // Set on failure in the child:
    uint32_t failed_step;
};

/// Clones a process into new namespaces and execs `init_fd`. Returns its pid and puts a pidfd into
/// `*pidfd`.
/// In C: the child shares the parent's memory until exec, where no Swift may run.
int cb_spawn_init(struct cb_spawn *spawn, int *pidfd);

/// Sends one message with up to CB_MAXIMUM_FDS fds. In C: CMSG macros.
ssize_t cb_send_fds(int socket, const void *bytes, size_t count, const int *fds, int fd_count);

/// Receives one message with up to `fd_capacity` fds (all O_CLOEXEC); sets `*fd_count`.
/// Returns its length, 0 at the end. In C: CMSG macros.
ssize_t cb_receive_fds(int socket, void *bytes, size_t capacity, int *fds, int fd_capacity,
                       int *fd_count);

/// Sends the spec and, behind it, the filter's instructions. In C: it fills a flexible message.
int cb_send_spec(int socket, struct cb_spec *spec, const char *rootfs, const void *filter,
                 size_t filter_bytes, const int *fds, int fd_count);

/// Sends a zygote's spec and, behind it, its filter and its strings.
int cb_send_zygote_spec(int socket, struct cb_zygote_spec *spec, const char *rootfs,
                        const void *filter, size_t filter_bytes, const void *strings);

/// How a warden is started.
struct cb_launch {
    const char *path;
    char *const *arguments;    // NULL-terminated
    char *const *environment;  // NULL-terminated
    const int *fds;            // the process has these as 3, 4, … and no others but 0 to 2
    int fd_count;
    int own_pids;  // it is PID 1 of a pid namespace of its own, which ends with it
};

/// Starts a warden, with signals reset, /dev/null as its stdin and a process group of its own.
/// Returns its pid. In C: code between clone and exec; posix_spawn knows no namespaces.
int cb_launch_warden(const struct cb_launch *launch);

/// Moves this process into a mount namespace of its own, with a /proc of its own pid namespace.
int cb_enter_own_mounts(void);

/// Gives up, for good, every capability that the warden does not need, and sets no_new_privs.
int cb_keep_needed_capabilities(void);

/// Has the kernel refuse descriptors that are sent to a socket (SO_PASSRIGHTS, Linux 6.16). One that
/// is sent along and dropped is closed here, and the last close of some, such as a TCP socket that
/// lingers, waits. Older kernels go on taking them.
void cb_refuse_descriptors(int socket);

/// Opens descriptors' files once more with another effective uid; -1 keeps this process's own. The
/// kernel checks a write to a cgroup's `tasks` against the uid that opened it. Returns 0, or -errno
/// with none open.
int cb_reopen_as(uid_t uid, const int *fds, int count, int *opened);

/// A copy of a folder's mount of which the folder is the root: no `..` leads out of it. -errno if
/// there can be none.
int cb_open_confined(const char *folder);

/// The pid of a pidfd's process, as this process's /proc has it; 0 if the descriptor is no pidfd or
/// the process has ended.
int cb_pid_of(int pidfd);

/// Whether a descriptor is a seccomp filter's listener.
int cb_is_listener(int fd);

/// Installs a seccomp filter for this process and all it makes.
int cb_install_filter(const void *filter, size_t bytes);

/// Moves this process into a user namespace in which it is who it was, with every capability there,
/// and a mount namespace of that one's: an ordinary user's warden needs both for its zygotes and
/// templates.
int cb_enter_own_user_namespace(void);

/// Takes the next call that a filter's listener tells of: who makes it, and its first argument.
/// -EAGAIN if it has been given up. In C: ioctl and seccomp's structs.
int cb_receive_call(int listener, int *pid, uint64_t *argument, uint64_t *id);

/// Lets a call go on that ``cb_receive_call`` told of.
void cb_continue_call(int listener, uint64_t id);

/// Makes this process the parent of its descendants' orphans: of jobs' processes, which zygotes fork.
int cb_adopt_orphans(void);

/// pidfd_send_signal(2); glibc 2.35 has no declaration that Swift sees.
int cb_kill(int pidfd, int signal);

/// pidfd_open(2) of a process that need not be our child; the fd is readable once it has ended.
int cb_open_process(int pid);

/// Waits for the pidfd's process, without blocking unless `block`. Returns 1 and sets
/// `*code` (CLD_EXITED, CLD_KILLED, …) and `*status`; 0 if it still runs. In C: siginfo_t's union.
int cb_reap(int pidfd, int block, int *code, int *status);

/// A sealed memfd with the file's content, fit for exec. In C: fcntl's variadics.
int cb_seal_program(const char *path);

/// PR_SET_DUMPABLE 0: nobody may trace or read this process. In C: variadic prctl.
int cb_forbid_tracing(void);

/// pipe2 with O_CLOEXEC. In C: Swift's Glibc module has no GNU extensions; so with the next two.
int cb_pipe(int ends[2]);

/// accept4 with SOCK_CLOEXEC.
int cb_accept(int listener);

/// memfd_create with MFD_CLOEXEC.
int cb_memory_file(const char *name);

/// The effective uid of the peer of a unix socket. In C: struct ucred.
int cb_peer_uid(int socket, uint32_t *uid);

/// CLOCK_MONOTONIC, nanoseconds.
uint64_t cb_now_ns(void);

/// Bytes that wait in a pipe or socket (FIONREAD). In C: variadic ioctl.
int cb_readable_bytes(int fd);
