// Linux as Swift can't call it: code between clone and exec, variadic system calls, CMSG macros,
// and what glibc or Swift's Glibc module leaves out. It runs in the server, the warden, the
// supervisor, the `codebox` command and zygotes, but not in PID 1, which has no libc.
//
// Error convention of all functions here: 0 or a result on success, -errno on failure.
#pragma once
// Swift's Glibc module has none of these headers.
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/xattr.h>

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "CWire.h"

// ---- spawn.c ---------------------------------------------------------------------------------

enum cb_spawn_role {
    CB_SPAWN_INIT,      // PID 1 of a sandbox: in new namespaces of every kind
    CB_SPAWN_ZYGOTE,    // in the warden's user and pid namespaces, or it could not enter sandboxes
    CB_SPAWN_TEMPLATE,  // in the warden's user namespace: builds the mounts that sandboxes copy
};

struct cb_spawn {
    enum cb_spawn_role role;
    int init_fd;      // PID 1's program
    int template_fd;  // mount namespace to copy in place of the warden's; -1: none
    int home_fd;      // the warden's mount namespace
    int folder_fd;    // the warden's current folder
    int network_fd;   // network namespace that the child is born in; -1: the warden's, or a new one
    int home_network_fd;  // the warden's network namespace; unused without `network_fd`
    // The child's ends of sockets and pipes; -1: the child has none.
    int control_fd;
    int job_fd;  // in a hollow PID 1 CB_FD_BUILT; in a zygote the object that it preloads, in a
                 // template's builder the one that exec'ed programs preload
    int stdin_fd;
    int stdout_fd;
    int stderr_fd;
    int heap_fd;    // for CB_FD_HEAP
    int cgroup_fd;  // cgroup v2: the leaf that the child starts in; -1: none
    uid_t owner;    // of the new user namespace, which this uid may enter; 0: the warden's uid
    const int *task_fds;  // cgroup v1: files to write "0" to
    int task_fd_count;
    // Set on failure in the child:
    uint32_t failed_step;
};

/// Clones a process into new namespaces and execs `init_fd`. Returns its pid and puts a pidfd into
/// `*pidfd`.
/// In C: the child shares the parent's memory until exec, where no Swift may run.
int cb_spawn_init(struct cb_spawn *spawn, int *pidfd);

/// Copies a file into a sealed memfd, which can be exec'ed. In C: fcntl's variadics.
int cb_seal_program(const char *path);

// ---- networks.c ------------------------------------------------------------------------------

/// Makes a network namespace with loopback up, in a user namespace of its own. No process is in
/// either; the user namespace belongs to `owner`, or to this process's uid if that is 0. Returns a
/// descriptor of the network namespace. In C: the child shares the parent's memory.
int cb_make_network(uid_t owner);

/// Opens this process's network namespace, if the process may return to it; -errno if not.
int cb_open_home_network(void);

// ---- launch.c --------------------------------------------------------------------------------

/// How a program is started.
struct cb_launch {
    const char *path;
    char *const *arguments;    // NULL-terminated
    char *const *environment;  // NULL-terminated
    const int *fds;            // the program has these as 3, 4, …, and otherwise only 0 to 2
    int fd_count;
    int own_pids;   // the program is PID 1 of a new pid namespace, which ends with it
    int output_fd;  // its stdout and stderr; -1: this process's
    // The program's root directory, an image's; NULL: this process's. If root starts such a
    // program, it runs as the user `nobody`; if another user does, in its own user namespace.
    const char *root;
    const char *workspace;  // with `root`: the folder that is its /workspace, and its current one
};

/// Starts a program, with signals reset, /dev/null as its stdin and its own process group.
/// Returns its pid. In C: code between clone and exec; posix_spawn can't make namespaces.
int cb_launch_program(const struct cb_launch *launch);

/// Begins to start a program as root of a new user namespace, and as PID 1 of a new pid namespace.
/// The child waits for its ids, which the caller has mapped (newuidmap(1)). Returns its pid and
/// sets `*gate`, which cb_launch_mapped takes. `own_pids` and `root` play no part.
int cb_launch_unmapped(const struct cb_launch *launch, int *gate);

/// Lets that child go on, or end if its ids could not be mapped. Returns 0 once the program is
/// executed; -errno if it is not, with the child reaped.
int cb_launch_mapped(pid_t pid, int gate, int is_mapped);

// ---- clone.c ---------------------------------------------------------------------------------

/// Calls `function(argument)` in a child that shares this process's memory, on another stack, while
/// this process waits for the child's end or exec (CLONE_VM | CLONE_VFORK). The child's end sends
/// no signal, so it is reaped with __WALL. `cgroup_fd` is the cgroup v2 leaf that the child starts
/// in; -1: this process's. Returns the child's pid. In C: glibc has no wrapper for clone3.
pid_t cb_call_in_child(int cgroup_fd, void *stack, size_t stack_bytes, int (*function)(void *),
                       void *argument);

// ---- processes.c -----------------------------------------------------------------------------

/// Sends a signal by pidfd (pidfd_send_signal(2)). In C: glibc 2.35 does not declare it.
int cb_kill(int pidfd, int signal);

/// Opens a pidfd of any process; it is readable once the process has ended. In C: as cb_kill.
int cb_open_process(int pid);

/// Waits for a pidfd's process, without blocking unless `block`. Returns 1 and sets `*code`
/// (CLD_EXITED, CLD_KILLED, …) and `*status`; 0 if the process still runs. In C: siginfo_t's union.
int cb_reap(int pidfd, int block, int *code, int *status);

/// The pid of a pidfd's process in this process's /proc; 0 if the process has ended and was reaped,
/// -EBADF if the descriptor is no pidfd.
int cb_pid_of(int pidfd);

/// Makes this process the parent of its descendants' orphans: of the jobs' processes that zygotes
/// fork. In C: variadic prctl.
int cb_adopt_orphans(void);

/// Has the kernel kill this process when its parent ends; -ESRCH if the parent has ended already.
/// A change of ids undoes it, so this comes after cb_drop_privileges. In C: variadic prctl.
int cb_die_with_parent(pid_t parent);

// ---- namespaces.c ----------------------------------------------------------------------------

/// Moves this process into a new mount namespace, with a /proc of its own pid namespace.
int cb_enter_own_mounts(void);

/// Moves this process into a new user namespace, with the same ids and every capability there, and
/// into a mount namespace of that one. A warden that is not root needs both for zygotes and
/// templates.
int cb_enter_own_user_namespace(void);

// ---- privilege.c -----------------------------------------------------------------------------

/// Drops, for good, every capability that the warden does not need, and sets no_new_privs.
/// In C: capset(2) has no wrapper; variadic prctl.
int cb_keep_needed_capabilities(void);

/// Writes the capabilities that root's warden can't do without and that this process lacks, such as
/// `SYS_ADMIN,NET_ADMIN`: an empty text if it lacks none. In C: capget(2) has no wrapper.
int cb_missing_capabilities(char *text, size_t capacity);

/// Becomes uid and gid for good: no groups, no capability in any set, an empty bounding set, locked
/// securebits. `*failed_step` names the call that failed. This process must have one thread.
int cb_drop_privileges(uid_t uid, gid_t gid, const char **failed_step);

/// Sets no_new_privs: no program that is executed from here on gains privilege. In C: variadic
/// prctl.
int cb_set_no_new_privs(void);

/// Makes this process undumpable: no other may trace or read it. In C: variadic prctl.
int cb_forbid_tracing(void);

/// Turns off speculation past stores and indirect branches for this process and all that it makes,
/// for good. In C: variadic prctl.
/// Returns 0, or a negative errno: ENODEV or ENXIO where kernel or processor have no such control.
int cb_restrict_speculation(void);

// ---- seccomp.c -------------------------------------------------------------------------------

/// Installs a seccomp filter, `bytes` of `struct sock_filter`, for this thread and all that it
/// makes, for good. Needs no_new_privs. In C: seccomp(2) has no wrapper.
int cb_install_filter(const void *filter, size_t bytes);

/// Whether a descriptor is a seccomp filter's listener.
int cb_is_listener(int fd);

/// A system call that a filter's listener reports (struct seccomp_notif).
struct cb_call {
    uint64_t id;
    int pid;
    uint32_t number;
    uint32_t architecture;
    uint32_t ends_process;  // whether it is exit_group
    uint64_t arguments[6];
};

/// Receives the next call that a filter's listener reports. -EAGAIN if there is none. In C:
/// variadic ioctl.
int cb_receive_call(int listener, struct cb_call *call);

/// Lets a call proceed that ``cb_receive_call`` returned.
void cb_continue_call(int listener, uint64_t id);

/// Has a call fail with `error` that ``cb_receive_call`` returned. It is never made.
void cb_refuse_call(int listener, uint64_t id, int error);

// ---- landlock.c: Landlock's calls have no wrappers -------------------------------------------

/// The version of Landlock's interface that the kernel offers, from 1 on; -ENOSYS without Landlock,
/// -EOPNOTSUPP if it was turned off at boot.
int cb_landlock_abi(void);

/// A ruleset that denies these rights wherever no rule allows them. -EINVAL for rights that the
/// kernel's version does not have. Returns a descriptor.
int cb_landlock_ruleset(uint64_t files, uint64_t network, uint64_t scoped);

/// Allows rights on an opened place and all below it. -EINVAL for rights that only folders have, on
/// a file.
int cb_landlock_allow_path(int ruleset, int path, uint64_t access);

/// Allows rights on a TCP port.
int cb_landlock_allow_port(int ruleset, uint16_t port, uint64_t access);

/// Applies the ruleset to this thread and all that it makes, for good. Needs no_new_privs.
int cb_landlock_enforce(int ruleset);

// ---- messages.c ------------------------------------------------------------------------------

/// Sends one message with up to CB_MAXIMUM_FDS fds. In C: CMSG macros.
ssize_t cb_send_fds(int socket, const void *bytes, size_t count, const int *fds, int fd_count);

/// Receives one message with up to `fd_capacity` fds (all O_CLOEXEC); sets `*fd_count`.
/// Returns the message's length, 0 at the end. In C: CMSG macros.
ssize_t cb_receive_fds(int socket, void *bytes, size_t capacity, int *fds, int fd_capacity,
                       int *fd_count);

/// Sends the spec and, behind it, the filter's instructions. In C: as cb_send_fds.
int cb_send_spec(int socket, struct cb_spec *spec, const char *rootfs, const void *filter,
                 size_t filter_bytes, const int *fds, int fd_count);

/// Sends a zygote's spec and, behind it, its filter and its strings.
int cb_send_zygote_spec(int socket, struct cb_zygote_spec *spec, const char *rootfs,
                        const void *filter, size_t filter_bytes, const void *strings);

/// Has the kernel refuse descriptors that are sent to a socket (SO_PASSRIGHTS, Linux 6.16). A
/// receiver that does not want them must close them, and the last close of some, such as a TCP
/// socket that lingers, waits. Older kernels go on accepting them.
void cb_refuse_descriptors(int socket);

/// The effective uid of the peer of a unix socket. In C: struct ucred.
int cb_peer_uid(int socket, uint32_t *uid);

// ---- descriptors.c ---------------------------------------------------------------------------

/// pipe2 with O_CLOEXEC. In C: Swift's Glibc module has no GNU extensions; so with the next two.
int cb_pipe(int ends[2]);

/// accept4 with SOCK_CLOEXEC.
int cb_accept(int listener);

/// memfd_create with MFD_CLOEXEC.
int cb_memory_file(const char *name);

/// Bytes that wait in a pipe or socket (FIONREAD). In C: variadic ioctl.
int cb_readable_bytes(int fd);

/// What fstat says of an open file or place.
struct cb_file_status {
    uint64_t device, inode, links;
    int64_t size;
    mode_t mode;
    uid_t uid;
};
int cb_describe(int descriptor, struct cb_file_status *status);

/// Opens the place of a name in a folder without opening the file itself (O_PATH). A symbolic link
/// is opened as such unless `follows` is not 0. In C: glibc hides O_PATH from Swift.
int cb_open_place(int folder, const char *name, int follows);

/// A copy of a folder's mount, with the folder as its root: no `..` leads out of it. -errno where
/// there can be none. In C: open_tree(2) has no wrapper.
int cb_open_confined(const char *folder);

/// Opens descriptors' files once more with another effective uid; -1 keeps this process's. The
/// kernel checks a write to a cgroup's `tasks` against the uid that opened it. Returns 0, or -errno
/// with none open. In C: libc's setresuid changes all threads.
int cb_reopen_as(uid_t uid, const int *fds, int count, int *opened);

// ---- probe.c: for `codebox doctor` -----------------------------------------------------------

/// Whether the kernel has a system call: 0, -ENOSYS, or -EPERM where a filter forbids it. The call
/// is made with arguments that do nothing.
int cb_probe_clone3(void);
int cb_probe_pidfd_open(void);
int cb_probe_mount_setattr(void);
int cb_probe_fsopen(void);
int cb_probe_close_range(void);

/// 0 if seccomp filters can be installed.
int cb_probe_seccomp_filter(void);

/// Enters new namespaces (CLONE_NEW* flags) in a child, which then ends.
int cb_probe_namespaces(int flags);

/// Sets a host name in a child with new user and uts namespaces. A container's filter may allow the
/// namespaces and forbid the call.
int cb_probe_host_name(void);

/// Mounts a fresh /proc in a child with new pid, mount and (unless root) user namespaces.
int cb_probe_fresh_proc(void);
