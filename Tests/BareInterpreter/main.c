// Runs a command in a runtime's image without CodeBox, for tests that compare the two:
//
//     bare-interpreter ROOTFS WORKSPACE COMMAND [ARGUMENT]...
//
// The command gets what a job's process has by contract (the image read-only, /workspace with a
// copy of the folder WORKSPACE, empty /tmp, its own /proc and /dev, loopback, uid 1000, the default
// rlimits) and this process's environment and first three descriptors. This process ends as the
// command ended: with the same code or by the same signal. Exit status 125 means that the command
// could not be started. Needs root.
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <net/if.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { JOB_ID = 1000 };

static void check(int result, const char *what) {
    if (result >= 0) return;
    fprintf(stderr, "bare-interpreter: %s: %s\n", what, strerror(errno));
    exit(125);
}

static void bring_loopback_up(void) {
    int handle = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    check(handle, "socket");
    struct ifreq request = {.ifr_name = "lo", .ifr_flags = IFF_UP | IFF_RUNNING};
    check(ioctl(handle, SIOCSIFFLAGS, &request), "loopback");
    close(handle);
}

// Fills /dev in the image's root, which is the current folder.
static void make_devices(void) {
    static const char *const nodes[] = {"null", "zero", "full", "random", "urandom", "tty"};
    check(mount("dev", "dev", "tmpfs", MS_NOSUID | MS_NOEXEC, "mode=755"), "dev");
    for (size_t i = 0; i < sizeof nodes / sizeof *nodes; i++) {
        char host[32], inside[32];
        snprintf(host, sizeof host, "/dev/%s", nodes[i]);
        snprintf(inside, sizeof inside, "dev/%s", nodes[i]);
        close(open(inside, O_CREAT | O_WRONLY | O_CLOEXEC, 0444));
        check(mount(host, inside, NULL, MS_BIND, NULL), inside);
    }
    check(symlink("/proc/self/fd", "dev/fd"), "dev/fd");
    check(symlink("/proc/self/fd/0", "dev/stdin"), "dev/stdin");
    check(symlink("/proc/self/fd/1", "dev/stdout"), "dev/stdout");
    check(symlink("/proc/self/fd/2", "dev/stderr"), "dev/stderr");
    check(symlink("pts/ptmx", "dev/ptmx"), "dev/ptmx");
    check(mkdir("dev/shm", 0755), "dev/shm");
    check(mkdir("dev/pts", 0755), "dev/pts");
    check(mount(NULL, "dev", NULL, MS_BIND | MS_REMOUNT | MS_RDONLY | MS_NOSUID | MS_NOEXEC, NULL),
          "read-only dev");
}

static void make_workspace(const char *source) {
    char options[64];
    snprintf(options, sizeof options, "mode=755,size=64m,uid=%d,gid=%d", JOB_ID, JOB_ID);
    check(mount("workspace", "workspace", "tmpfs", MS_NOSUID | MS_NODEV, options), "workspace");
    pid_t copier = fork();
    check(copier, "fork");
    if (copier == 0) {
        execlp("cp", "cp", "-aT", source, "workspace", NULL);
        check(-1, "cp");
    }
    int status = 0;
    check(waitpid(copier, &status, 0), "cp");
    if (status != 0) exit(125);
}

static void make_root(const char *rootfs, const char *workspace) {
    unsigned long quiet = MS_NOSUID | MS_NODEV;
    check(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL), "private mounts");
    check(mount(rootfs, rootfs, NULL, MS_BIND, NULL), rootfs);
    check(mount(NULL, rootfs, NULL, MS_BIND | MS_REMOUNT | MS_RDONLY | quiet, NULL), rootfs);
    check(chdir(rootfs), rootfs);
    make_devices();
    check(mount("tmp", "tmp", "tmpfs", quiet, "mode=1777,size=64m"), "tmp");
    check(
        mount("pts", "dev/pts", "devpts", MS_NOSUID | MS_NOEXEC, "ptmxmode=0666,mode=0620,max=16"),
        "dev/pts");
    check(mount("shm", "dev/shm", "tmpfs", quiet | MS_NOEXEC, "mode=1777,size=64m"), "dev/shm");
    make_workspace(workspace);
    check(chroot("."), "chroot");
    check(chdir("/workspace"), "/workspace");
}

static void set_limits(void) {
    static const struct {
        __rlimit_resource_t resource;
        rlim_t soft;
        rlim_t hard;
    } limits[] = {{RLIMIT_CORE, 1, 1},
                  {RLIMIT_NOFILE, 256, 256},
                  {RLIMIT_FSIZE, 64 << 20, RLIM_INFINITY},
                  {RLIMIT_STACK, 8 << 20, RLIM_INFINITY},
                  {RLIMIT_SIGPENDING, 1024, 1024},
                  {RLIMIT_MEMLOCK, 64 << 10, 64 << 10}};
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        struct rlimit limit = {limits[i].soft, limits[i].hard};
        check(setrlimit(limits[i].resource, &limit), "limits");
    }
}

// Gives the pipes to the job's uid, so that the job can open them by path (/dev/stdout).
static void own_pipes(void) {
    for (int handle = 0; handle <= 2; handle++) {
        struct stat what;
        check(fstat(handle, &what), "pipes");
        if (S_ISFIFO(what.st_mode)) check(fchown(handle, JOB_ID, JOB_ID), "pipes");
    }
}

// Resets signals that the parent ignores or blocks, as a shell does for commands in the background,
// and posix_spawn for 32 and 33, which libc refuses.
static void reset_signals(void) {
    struct {
        void *handler;
        unsigned long flags;
        void *restorer;
        unsigned long mask;
    } standard = {0};
    for (int number = 1; number < NSIG; number++)
        syscall(SYS_rt_sigaction, number, &standard, NULL, sizeof standard.mask);
    sigset_t none;
    sigemptyset(&none);
    check(sigprocmask(SIG_SETMASK, &none, NULL), "signals");
}

static void become_job(char **command) {
    reset_signals();
    check(setsid(), "setsid");
    umask(022);
    set_limits();
    own_pipes();
    check(setgroups(0, NULL), "groups");
    check(setresgid(JOB_ID, JOB_ID, JOB_ID), "gid");
    check(setresuid(JOB_ID, JOB_ID, JOB_ID), "uid");
    check(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs");
    check(close_range(3, ~0u, 0), "descriptors");
    execv(command[0], command);
    check(-1, command[0]);
}

// PID 1 of the namespace: reaps, reports how the command ended, and ends with all other processes.
static void reap(char **command, int result) {
    check(prctl(PR_SET_PDEATHSIG, SIGKILL), "parent's death");
    // This process has another uid than the command, so hidepid hides it as it hides CodeBox's PID
    // 1.
    check(mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, "hidepid=invisible"),
          "proc");
    check(mount("/proc/sys", "/proc/sys", NULL, MS_BIND, NULL), "/proc/sys");
    check(mount(NULL, "/proc/sys", NULL, MS_BIND | MS_REMOUNT | MS_RDONLY, NULL), "/proc/sys");
    pid_t child = fork();
    check(child, "fork");
    if (child == 0) become_job(command);
    int status = 0;
    for (pid_t ended = 0; ended != child;) {
        ended = wait(&status);
        if (ended < 0 && errno != EINTR) check(-1, "wait");
    }
    check((int)write(result, &status, sizeof status), "status");
    _exit(0);
}

static void end_as(int status) {
    if (WIFEXITED(status)) _exit(WEXITSTATUS(status));
    // This process may have inherited "ignore" for the signal.
    signal(WTERMSIG(status), SIG_DFL);
    raise(WTERMSIG(status));
    _exit(125);
}

int main(int count, char **arguments) {
    if (count < 4) {
        fprintf(stderr, "usage: bare-interpreter ROOTFS WORKSPACE COMMAND [ARGUMENT]...\n");
        return 125;
    }
    int result[2];
    struct rlimit no_core = {1, 1};
    check(setrlimit(RLIMIT_CORE, &no_core), "limits");
    check(unshare(CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS), "namespaces");
    check(sethostname("codebox", 7), "host name");
    bring_loopback_up();
    make_root(arguments[1], arguments[2]);
    check(pipe2(result, O_CLOEXEC), "pipe");
    // Comes last, since the next child is the namespace's PID 1.
    check(unshare(CLONE_NEWPID), "pid namespace");
    pid_t first = fork();
    check(first, "fork");
    if (first == 0) reap(arguments + 3, result[1]);
    close(result[1]);
    int status;
    ssize_t got = read(result[0], &status, sizeof status);
    // All processes of the namespace, and so all writers, have ended once its PID 1 is reaped.
    waitpid(first, NULL, 0);
    if (got != (ssize_t)sizeof status) return 125;
    end_as(status);
}
