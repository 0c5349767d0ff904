#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "hostile.h"

static int readable(const char *path) {
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return -1;
    close(file);
    return 0;
}

int read_secret(const char *secret, int victim, int port) {
    return readable(secret);
}

int climb_to_secret(const char *secret, int victim, int port) {
    char path[4096];
    snprintf(path, sizeof path, "../../../../../../../..%s", secret);
    return readable(path);
}

int read_through_proc(const char *secret, int victim, int port) {
    char path[4096];
    static const char *const roots[] = {"/proc/1/root", "/proc/1/cwd", "/proc/2/root"};
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++) {
        snprintf(path, sizeof path, "%s%s", roots[i], secret);
        if (readable(path) == 0) return 0;
    }
    snprintf(path, sizeof path, "/proc/%d/environ", victim);
    return readable(path);
}

// The classic: a folder that is held open is outside of the next root.
int escape_by_chroot(const char *secret, int victim, int port) {
    int here = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (here < 0) return -1;
    mkdir("/usr/share/next", 0755);
    if (chroot("/usr/share/next") < 0 || fchdir(here) < 0) return -1;
    for (int i = 0; i < 64; i++)
        if (chdir("..") < 0) return -1;
    if (chroot(".") < 0) return -1;
    return readable(secret);
}

// A descriptor of the build's would lead out of the image.
int inherit_descriptors(const char *secret, int victim, int port) {
    char target[4096], link[64];
    for (int fd = 3; fd < 1024; fd++) {
        if (fcntl(fd, F_GETFD) < 0) continue;
        snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        ssize_t length = readlink(link, target, sizeof target - 1);
        target[length > 0 ? length : 0] = 0;
        // The report, which this program has opened itself.
        if (strcmp(target, "/usr/share/attacks") != 0) return 0;
    }
    errno = EBADF;
    return -1;
}

int make_block_device(const char *secret, int victim, int port) {
    return mknod("/usr/share/disk", S_IFBLK | 0600, makedev(8, 0));
}

int make_memory_device(const char *secret, int victim, int port) {
    return mknod("/usr/share/memory", S_IFCHR | 0600, makedev(1, 1));
}

static int writable(const char *path) {
    int file = open(path, O_WRONLY | O_CLOEXEC);
    if (file < 0) return -1;
    close(file);
    return 0;
}

int set_core_pattern(const char *secret, int victim, int port) {
    return writable("/proc/sys/kernel/core_pattern");
}

int press_sysrq(const char *secret, int victim, int port) {
    // It is covered with /dev/null, which may be opened.
    struct stat status, null;
    if (stat("/proc/sysrq-trigger", &status) < 0 || stat("/dev/null", &null) < 0) return -1;
    if (status.st_rdev == null.st_rdev && S_ISCHR(status.st_mode)) {
        errno = EACCES;
        return -1;
    }
    return writable("/proc/sysrq-trigger");
}

int write_device_folder(const char *secret, int victim, int port) {
    int file = open("/dev/own", O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    if (file < 0) return -1;
    close(file);
    return 0;
}

int raise_score(const char *secret, int victim, int port) {
    int file = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (file < 0) return -1;
    ssize_t written = write(file, "-1000", 5);
    int error = errno;
    close(file);
    errno = error;
    return written == 5 ? 0 : -1;
}

int give_file_away(const char *secret, int victim, int port) {
    return chown("/usr/bin/tool", 0, 0);
}

int replace_folder(const char *target) {
    if (rename("/etc", "/usr/share/etc") < 0 && errno != ENOENT) return 1;
    return symlink(target, "/etc") == 0 ? 0 : 1;
}
