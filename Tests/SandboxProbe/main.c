// Runs an action in cgroups and under a filter, for tests. A process of its own, since neither can
// be undone:
//
//     sandbox-probe [--join FD]... [--filter FILE] ACTION [ARGUMENT]...
//
// It joins the cgroups of the descriptors, installs the filter, and does one of the actions below.
// Exit status 125 means that the probe itself failed.
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void die(const char *what) {
    perror(what);
    exit(125);
}

static void install(const char *path) {
    static struct sock_filter instructions[4096];
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t size = fd < 0 ? -1 : read(fd, instructions, sizeof instructions);
    if (size <= 0) die(path);
    close(fd);
    struct sock_fprog program = {(unsigned short)(size / 8), instructions};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) die("no_new_privs");
    if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program)) die("seccomp");
}

// NUMBER[,ARGUMENT]...: makes the system call and prints its errno, 0 if it succeeded.
static int call(int count, char **specs) {
    for (int i = 0; i < count; i++) {
        long value[7] = {0};
        char *rest = specs[i];
        for (int n = 0; n < 7 && *rest; n++) {
            value[n] = (long)strtoul(rest, &rest, 0);
            if (*rest == ',') rest++;
        }
        errno = 0;
        long result = syscall(value[0], value[1], value[2], value[3], value[4], value[5], value[6]);
        printf("%d\n", result == -1 ? errno : 0);
        fflush(stdout);
    }
    return 0;
}

// Makes up to N children that live at one time; prints how many it could make.
static int forks(int wanted) {
    pid_t children[1024];
    int made = 0;
    for (; made < wanted && made < 1024; made++) {
        children[made] = fork();
        if (children[made] < 0) break;
        if (children[made] == 0) {
            pause();
            _exit(0);
        }
    }
    printf("%d\n", made);
    for (int i = 0; i < made; i++) kill(children[i], SIGKILL);
    while (wait(NULL) > 0) continue;
    return 0;
}

static int spin(long milliseconds) {
    struct timespec now;
    do {
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    } while (now.tv_sec * 1000 + now.tv_nsec / 1000000 < milliseconds);
    return 0;
}

// Spins on the first processor that this process may use, where all that burn meet.
static int burn(long milliseconds) {
    cpu_set_t own, first;
    if (sched_getaffinity(0, sizeof own, &own) < 0) die("sched_getaffinity");
    CPU_ZERO(&first);
    for (int cpu = 0; cpu < CPU_SETSIZE && CPU_COUNT(&first) == 0; cpu++)
        if (CPU_ISSET(cpu, &own)) CPU_SET(cpu, &first);
    if (sched_setaffinity(0, sizeof first, &first) < 0) die("sched_setaffinity");
    return spin(milliseconds);
}

// Touches every page of so many bytes.
static int hog(size_t bytes) {
    char *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) die("mmap");
    for (size_t at = 0; at < bytes; at += 4096) memory[at] = 1;
    return 0;
}

// Makes a call by the i386 entry, where numbers have other meanings: 20 is getpid there.
static int int80(void) {
#ifdef __x86_64__
    long result = 20;
    __asm__ volatile("int $0x80" : "+a"(result) : : "memory");
    printf("%ld\n", result);
    return 0;
#else
    raise(SIGSYS);  // there is no such entry
    return 1;
#endif
}

static char stack[16384] __attribute__((aligned(16)));

static int nothing(void *unused) {
    (void)unused;
    return 0;
}

// Calls clone with these flags besides SIGCHLD; prints the errno.
static int clone_with(unsigned long flags) {
    errno = 0;
    int pid = clone(nothing, stack + sizeof stack, (int)flags | SIGCHLD, NULL);
    printf("%d\n", pid < 0 ? errno : 0);
    return 0;
}

// Locks a folder, as a warden does, and ends at once. A child that shares its descriptors holds the
// lock until the other end of the output is closed.
static int leave_locked(const char *folder) {
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    struct flock lock = {.l_type = F_RDLCK, .l_whence = SEEK_SET};
    if (fd < 0 || fcntl(fd, F_SETLK, &lock)) die(folder);
    long child = syscall(SYS_clone, CLONE_FILES | SIGCHLD, NULL, NULL, NULL, NULL);
    if (child < 0) die("clone");
    if (child > 0) _exit(0);
    char byte;
    if (write(1, "ready\n", 6) != 6) _exit(125);
    _exit(read(1, &byte, 1) == 0 ? 0 : 125);
}

int main(int count, char **arguments) {
    int at = 1;
    for (; at + 1 < count && !strcmp(arguments[at], "--join"); at += 2)
        if (write(atoi(arguments[at + 1]), "0", 1) != 1) die("join");
    if (at + 1 < count && !strcmp(arguments[at], "--filter")) {
        install(arguments[at + 1]);
        at += 2;
    }
    if (at >= count) return 125;
    const char *action = arguments[at++];
    char **rest = arguments + at;
    if (!strcmp(action, "int80")) return int80();
    if (at >= count) return 125;
    if (!strcmp(action, "call")) return call(count - at, rest);
    if (!strcmp(action, "clone")) return clone_with(strtoul(rest[0], NULL, 0));
    if (!strcmp(action, "forks")) return forks(atoi(rest[0]));
    if (!strcmp(action, "spin")) return spin(atol(rest[0]));
    if (!strcmp(action, "burn")) return burn(atol(rest[0]));
    if (!strcmp(action, "hog")) return hog(strtoul(rest[0], NULL, 0));
    if (!strcmp(action, "sleep")) {
        if (write(1, "ready\n", 6) != 6) die("write");
        return (int)sleep((unsigned)atoi(rest[0]));
    }
    if (!strcmp(action, "leave-locked")) return leave_locked(rest[0]);
    if (!strcmp(action, "exec")) execv(rest[0], rest);
    return 125;
}
