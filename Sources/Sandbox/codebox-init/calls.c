#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// System calls under libc's names and with libc's errno. Where an architecture has only a newer
// call, the newer one is used on all.

static int error;

int *__errno_location(void) {
    return &error;
}

static long call(long number, long a, long b, long c, long d, long e, long f) {
    long result;
#if defined(__x86_64__)
    register long r10 __asm__("r10") = d;
    register long r8 __asm__("r8") = e;
    register long r9 __asm__("r9") = f;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                     : "rcx", "r11", "memory");
#elif defined(__aarch64__)
    register long x0 __asm__("x0") = a;
    register long x1 __asm__("x1") = b;
    register long x2 __asm__("x2") = c;
    register long x3 __asm__("x3") = d;
    register long x4 __asm__("x4") = e;
    register long x5 __asm__("x5") = f;
    register long x8 __asm__("x8") = number;
    __asm__ volatile("svc #0"
                     : "+r"(x0)
                     : "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5), "r"(x8)
                     : "memory", "cc");
    result = x0;
#endif
    enum { MAXIMUM_ERRNO = 4095 };
    if (result >= 0 || result < -MAXIMUM_ERRNO) return result;
    errno = (int)-result;
    return -1;
}

#define CALL6(number, a, b, c, d, e, f, ...) \
    call(number, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f))
#define CALL(...) CALL6(__VA_ARGS__, 0, 0, 0, 0, 0, 0)

enum { SIGNAL_SET_BYTES = 8 };

long syscall(long number, ...) {
    va_list rest;
    va_start(rest, number);
    long values[6];
    for (int i = 0; i < 6; i++) values[i] = va_arg(rest, long);
    va_end(rest);
    return CALL(number, values[0], values[1], values[2], values[3], values[4], values[5]);
}

_Noreturn void _exit(int status) {
    for (;;) CALL(SYS_exit_group, status);
}

// ---- Processes -------------------------------------------------------------------------------

pid_t fork(void) {
    return (pid_t)CALL(SYS_clone, SIGCHLD);
}

int execve(const char *path, char *const arguments[], char *const environment[]) {
    return (int)CALL(SYS_execve, path, arguments, environment);
}

pid_t waitpid(pid_t pid, int *status, int options) {
    return (pid_t)CALL(SYS_wait4, pid, status, options);
}

pid_t setsid(void) {
    return (pid_t)CALL(SYS_setsid);
}

int prctl(int option, ...) {
    va_list rest;
    va_start(rest, option);
    long values[4];
    for (int i = 0; i < 4; i++) values[i] = va_arg(rest, long);
    va_end(rest);
    return (int)CALL(SYS_prctl, option, values[0], values[1], values[2], values[3]);
}

int unshare(int flags) {
    return (int)CALL(SYS_unshare, flags);
}

int getrlimit(__rlimit_resource_t resource, struct rlimit *limit) {
    return (int)CALL(SYS_prlimit64, 0, resource, NULL, limit);
}

int setrlimit(__rlimit_resource_t resource, const struct rlimit *limit) {
    return (int)CALL(SYS_prlimit64, 0, resource, limit);
}

// ---- Ids -------------------------------------------------------------------------------------

uid_t geteuid(void) {
    return (uid_t)CALL(SYS_geteuid);
}

gid_t getegid(void) {
    return (gid_t)CALL(SYS_getegid);
}

int setgroups(size_t count, const gid_t *groups) {
    return (int)CALL(SYS_setgroups, count, groups);
}

int setresgid(gid_t real, gid_t effective, gid_t saved) {
    return (int)CALL(SYS_setresgid, real, effective, saved);
}

int setresuid(uid_t real, uid_t effective, uid_t saved) {
    return (int)CALL(SYS_setresuid, real, effective, saved);
}

// ---- Files -----------------------------------------------------------------------------------

int open(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    unsigned mode = flags & O_CREAT ? va_arg(rest, unsigned) : 0;
    va_end(rest);
    return (int)CALL(SYS_openat, AT_FDCWD, path, flags, mode);
}

ssize_t read(int fd, void *bytes, size_t count) {
    return CALL(SYS_read, fd, bytes, count);
}

ssize_t write(int fd, const void *bytes, size_t count) {
    return CALL(SYS_write, fd, bytes, count);
}

int close(int fd) {
    return (int)CALL(SYS_close, fd);
}

int dup2(int from, int to) {
    if (from == to) return CALL(SYS_fcntl, from, F_GETFD) < 0 ? -1 : to;
    return (int)CALL(SYS_dup3, from, to, 0);
}

int fcntl(int fd, int command, ...) {
    va_list rest;
    va_start(rest, command);
    long value = va_arg(rest, long);
    va_end(rest);
    return (int)CALL(SYS_fcntl, fd, command, value);
}

int ioctl(int fd, unsigned long request, ...) {
    va_list rest;
    va_start(rest, request);
    void *value = va_arg(rest, void *);
    va_end(rest);
    return (int)CALL(SYS_ioctl, fd, request, value);
}

int pipe2(int ends[2], int flags) {
    return (int)CALL(SYS_pipe2, ends, flags);
}

int poll(struct pollfd *polled, nfds_t count, int milliseconds) {
    struct timespec limit = {.tv_sec = milliseconds / 1000,
                             .tv_nsec = milliseconds % 1000 * 1000000L};
    return (int)CALL(SYS_ppoll, polled, count, milliseconds < 0 ? NULL : &limit, NULL,
                     SIGNAL_SET_BYTES);
}

int access(const char *path, int mode) {
    return (int)CALL(SYS_faccessat, AT_FDCWD, path, mode);
}

int mkdir(const char *path, mode_t mode) {
    return (int)CALL(SYS_mkdirat, AT_FDCWD, path, mode);
}

int symlink(const char *target, const char *path) {
    return (int)CALL(SYS_symlinkat, target, AT_FDCWD, path);
}

int fchdir(int folder) {
    return (int)CALL(SYS_fchdir, folder);
}

int chdir(const char *path) {
    return (int)CALL(SYS_chdir, path);
}

mode_t umask(mode_t mask) {
    return (mode_t)CALL(SYS_umask, mask);
}

// <sys/mount.h> can't be included with <linux/mount.h>, see mounts.c.
int mount(const char *source, const char *target, const char *type, unsigned long flags,
          const void *options) {
    return (int)CALL(SYS_mount, source, target, type, flags, options);
}

int umount2(const char *target, int flags) {
    return (int)CALL(SYS_umount2, target, flags);
}

// ---- Sockets, names, signals, time -----------------------------------------------------------

int socket(int family, int type, int protocol) {
    return (int)CALL(SYS_socket, family, type, protocol);
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
    return CALL(SYS_sendmsg, fd, message, flags);
}

ssize_t recv(int fd, void *bytes, size_t count, int flags) {
    return CALL(SYS_recvfrom, fd, bytes, count, flags);
}

int sethostname(const char *name, size_t length) {
    return (int)CALL(SYS_sethostname, name, length);
}

int sigemptyset(sigset_t *set) {
    *set = (sigset_t){0};
    return 0;
}

int sigaddset(sigset_t *set, int number) {
    set->__val[0] |= 1ul << (number - 1);
    return 0;
}

int sigprocmask(int how, const sigset_t *set, sigset_t *before) {
    return (int)CALL(SYS_rt_sigprocmask, how, set, before, SIGNAL_SET_BYTES);
}

int signalfd(int fd, const sigset_t *set, int flags) {
    return (int)CALL(SYS_signalfd4, fd, set, SIGNAL_SET_BYTES, flags);
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    return (int)CALL(SYS_clock_gettime, clock, now);
}
