#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "init.h"

// <sys/mount.h> of glibc 2.36 clashes with <linux/mount.h>; these are the four we need of it.
extern int mount(const char *, const char *, const char *, unsigned long, const void *);
extern int umount2(const char *, int);
enum { CB_MS_REC = 16384, CB_MS_PRIVATE = 1 << 18, CB_MNT_DETACH = 2 };

static int open_tree_at(int folder, const char *path, unsigned flags) {
    return (int)syscall(SYS_open_tree, folder, path, flags);
}

// Puts a detached mount at a path and closes it. A detached mount that is closed unattached makes
// the kernel wait for a grace period, so every one is attached.
static int attach(int mount_fd, const char *path) {
    long result = syscall(SYS_move_mount, mount_fd, "", AT_FDCWD, path, MOVE_MOUNT_F_EMPTY_PATH);
    int error = errno;
    close(mount_fd);
    errno = error;
    return (int)result;
}

static int set_attributes(int folder, const char *path, unsigned flags, uint64_t attributes) {
    struct mount_attr attr = {.attr_set = attributes};
    return (int)syscall(SYS_mount_setattr, folder, path, flags, &attr, sizeof attr);
}

struct option {
    const char *key;
    const char *value;  // NULL ends a table
};

static int mount_new(const char *type, const struct option *options, unsigned attributes,
                     const char *path) {
    int context = (int)syscall(SYS_fsopen, type, FSOPEN_CLOEXEC);
    if (context < 0) return -1;
    int result = 0;
    for (const struct option *o = options; result == 0 && o->key; o++)
        result = (int)syscall(SYS_fsconfig, context, FSCONFIG_SET_STRING, o->key, o->value, 0);
    if (result == 0)
        result = (int)syscall(SYS_fsconfig, context, FSCONFIG_CMD_CREATE, NULL, NULL, 0);
    if (result == 0) {
        int mount_fd = (int)syscall(SYS_fsmount, context, FSMOUNT_CLOEXEC, attributes);
        result = mount_fd < 0 ? -1 : attach(mount_fd, path);
    }
    int error = errno;
    close(context);
    errno = error;
    return result;
}

int open_image(const char *rootfs) {
    return open_tree_at(AT_FDCWD, rootfs, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE);
}

int make_mounts_private(void) {
    // Nothing mounted here may reach the host, nor the host's later mounts reach us.
    return mount(NULL, "/", NULL, CB_MS_REC | CB_MS_PRIVATE, NULL);
}

int mount_root(int image, const char *rootfs) {
    if (set_attributes(image, "", AT_EMPTY_PATH | AT_RECURSIVE,
                       MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV) < 0)
        return -1;
    // Over its own folder: a place that is sure to exist and that nobody else looks at.
    if (attach(image, rootfs) < 0) return -1;
    return chdir(rootfs);
}

static const char *const devices[] = {"null", "zero", "full", "random", "urandom"};

static const struct {
    const char *target;
    const char *name;
} device_links[] = {{"/proc/self/fd", "dev/fd"},
                    {"/proc/self/fd/0", "dev/stdin"},
                    {"/proc/self/fd/1", "dev/stdout"},
                    {"/proc/self/fd/2", "dev/stderr"}};

int mount_dev(void) {
    const struct option options[] = {{"size", "64k"}, {"nr_inodes", "32"}, {"mode", "755"}, {0}};
    if (mount_new("tmpfs", options, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC, "dev") < 0) return -1;
    for (cb_index = 0; cb_index < (int)(sizeof devices / sizeof *devices); cb_index++) {
        // A user namespace can't make device nodes; the host's own are bound in.
        char host[32], inside[32];
        snprintf(host, sizeof host, "/dev/%s", devices[cb_index]);
        snprintf(inside, sizeof inside, "dev/%s", devices[cb_index]);
        int file = open(inside, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0444);
        if (file < 0) return -1;
        close(file);
        int node = open_tree_at(AT_FDCWD, host, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC);
        if (node < 0) return -1;
        if (set_attributes(node, "", AT_EMPTY_PATH, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC) < 0)
            return -1;
        if (attach(node, inside) < 0) return -1;
    }
    for (size_t i = 0; i < sizeof device_links / sizeof *device_links; i++)
        if (symlink(device_links[i].target, device_links[i].name) < 0) return -1;
    if (mkdir("dev/shm", 0755) < 0) return -1;
    // The nodes are mounts of their own; only the folder becomes read-only.
    return set_attributes(AT_FDCWD, "dev", 0, MOUNT_ATTR_RDONLY);
}

int mount_tmpfs(const struct cb_spec *spec) {
    char size[32], inodes[32], uid[16], gid[16];
    snprintf(size, sizeof size, "%llu", (unsigned long long)spec->workspace_bytes);
    snprintf(inodes, sizeof inodes, "%llu", (unsigned long long)spec->tmpfs_inodes);
    snprintf(uid, sizeof uid, "%u", spec->job_uid);
    snprintf(gid, sizeof gid, "%u", spec->job_gid);
    const struct {
        const char *path;
        const char *mode;
        unsigned attributes;
    } places[] = {{"tmp", "1777", MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV},
                  {"dev/shm", "1777", MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC},
                  {"workspace", "755", MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV}};
    for (cb_index = 0; cb_index < (int)(sizeof places / sizeof *places); cb_index++) {
        const struct option options[] = {{"size", size}, {"nr_inodes", inodes},
                                         {"mode", places[cb_index].mode}, {"uid", uid},
                                         {"gid", gid}, {0}};
        if (mount_new("tmpfs", options, places[cb_index].attributes, places[cb_index].path) < 0)
            return -1;
    }
    return 0;
}

// The image's own, empty /proc, opened before the real one hides it: stands in for hidden folders.
static int empty_folder = -1;

int mount_proc(void) {
    empty_folder = open("proc", O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (empty_folder < 0) return -1;
    // hidepid: PID 1, whose ids are not the job's, can't be seen, let alone looked into.
    const struct option options[] = {{"hidepid", "invisible"}, {0}};
    return mount_new("proc", options,
                     MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC, "proc");
}

int open_host_proc(void) {
    return open_tree_at(AT_FDCWD, "/proc", OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE);
}

int mount_host_proc(int tree) {
    return attach(tree, "proc");
}

// What of /proc speaks of the machine rather than of the sandbox, and no interpreter needs.
// Most can be read by the host's root alone; hiding them costs little and asks for no trust.
static const char *const hidden_files[] = {
    "proc/kcore",         "proc/keys",       "proc/key-users",     "proc/kmsg",
    "proc/kallsyms",      "proc/timer_list", "proc/sysrq-trigger", "proc/latency_stats",
    "proc/sched_debug",   "proc/modules",    "proc/interrupts",    "proc/config.gz",
    "proc/vmallocinfo",   "proc/slabinfo",   "proc/pagetypeinfo",  "proc/iomem",
    "proc/ioports",       "proc/kpagecount", "proc/kpageflags",    "proc/kpagecgroup",
    "proc/cmdline",
};
static const char *const hidden_folders[] = {
    "proc/acpi", "proc/asound", "proc/bus", "proc/driver", "proc/fs",
    "proc/irq",  "proc/scsi",   "proc/tty", "proc/dynamic_debug",
    "proc/pressure",  // tells of all the machine, and anyone may hang a trigger on it
};

static int cover(int folder, const char *with, const char *path) {
    struct stat there;
    if (lstat(path, &there) < 0) return errno == ENOENT ? 0 : -1;
    int tree = open_tree_at(folder, with, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_EMPTY_PATH);
    if (tree < 0) return -1;
    if (set_attributes(tree, "", AT_EMPTY_PATH, MOUNT_ATTR_RDONLY) < 0) return -1;
    return attach(tree, path);
}

int mask_proc(void) {
    for (cb_index = 0; cb_index < (int)(sizeof hidden_files / sizeof *hidden_files); cb_index++)
        if (cover(AT_FDCWD, "dev/null", hidden_files[cb_index]) < 0) return -1;
    for (size_t i = 0; i < sizeof hidden_folders / sizeof *hidden_folders; i++, cb_index++)
        if (cover(empty_folder, "", hidden_folders[i]) < 0) return -1;
    return cover(AT_FDCWD, "proc/sys", "proc/sys");
}

int pivot(void) {
    // Old and new root stacked in one place: the old lies on top afterwards and is detached there
    // (pivot_root(2), "pivot_root(".", ".")").
    if (syscall(SYS_pivot_root, ".", ".") < 0) return -1;
    if (umount2(".", CB_MNT_DETACH) < 0) return -1;
    return chdir("/");
}
