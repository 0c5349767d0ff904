#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "init.h"

// From <sys/mount.h>, which in glibc 2.36 clashes with <linux/mount.h>.
extern int mount(const char *, const char *, const char *, unsigned long, const void *);
extern int umount2(const char *, int);
enum { CB_MNT_DETACH = 2 };

static int open_tree_at(int folder, const char *path, unsigned flags) {
    return (int)syscall(SYS_open_tree, folder, path, flags);
}

// Attaches a detached mount at a path and closes it. When a detached mount is closed without that,
// the kernel waits for a grace period.
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

int make_read_only(const char *folder) {
    return set_attributes(AT_FDCWD, folder, 0, MOUNT_ATTR_RDONLY);
}

int open_image(const char *rootfs) {
    return open_tree_at(AT_FDCWD, rootfs, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE);
}

int make_mounts_private(void) {
    // No mount made here may reach the host, and no later mount of the host may arrive here.
    return mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL);
}

// The image's folder is <images>/<digest>/rootfs. An overlay of lower layers only needs two of them
// (Documentation/filesystems/overlayfs.rst). The second one is empty, and on the image's file
// system: then files keep their inode numbers, and have one device number.
#define LAYERS "lowerdir=rootfs:../.empty"
static const char empty_layer[] = "../.empty";

// Mounts an overlay over the image's own folder, which exists and which no other process uses. An
// overlay without an upper layer has nothing to write back: fsync, fdatasync, syncfs and
// sync_file_range succeed and do nothing. On the image's own file system each would flush the disk,
// even of a file that is open for reading only.
static int mount_overlay(const char *rootfs) {
    // The names in the options are relative, so that a path with a comma or a colon needs no escape
    // and mountinfo does not show a sandbox where the image is.
    if (chdir(rootfs) < 0 || chdir("..") < 0) return -1;
    if (mkdir(empty_layer, 0755) < 0 && errno != EEXIST) return -1;
    return mount("image", "rootfs", "overlay", MS_RDONLY | MS_NOSUID | MS_NODEV, LAYERS);
}

static int mount_copy(int image, const char *rootfs, uint32_t writable) {
    const uint64_t read_only = writable ? 0 : MOUNT_ATTR_RDONLY;
    if (set_attributes(image, "", AT_EMPTY_PATH | AT_RECURSIVE,
                       read_only | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV) < 0)
        return -1;
    return attach(image, rootfs);
}

int mount_root(int image, const char *rootfs, uint32_t writable) {
    // The folder of the images may be read-only, or another user's, and old kernels let no user
    // namespace mount an overlay: the image is mounted as it is then.
    const bool has_overlay = !writable && mount_overlay(rootfs) == 0;
    if (has_overlay) close(image);
    else if (mount_copy(image, rootfs, writable) < 0) return -1;
    return chdir(rootfs);
}

static const struct {
    const char *host;
    const char *inside;
} devices[] = {
    {"/dev/null", "dev/null"},
    {"/dev/zero", "dev/zero"},
    {"/dev/full", "dev/full"},
    {"/dev/random", "dev/random"},
    {"/dev/urandom", "dev/urandom"},
    // It stands for the controlling terminal of the process that opens it, which can only be one of
    // the sandbox's own.
    {"/dev/tty", "dev/tty"},
};

static const struct {
    const char *target;
    const char *name;
} device_links[] = {{"/proc/self/fd", "dev/fd"},
                    {"/proc/self/fd/0", "dev/stdin"},
                    {"/proc/self/fd/1", "dev/stdout"},
                    {"/proc/self/fd/2", "dev/stderr"},
                    {"pts/ptmx", "dev/ptmx"}};

int mount_dev(void) {
    if (mount("none", "dev", "tmpfs", MS_NOSUID | MS_NOEXEC | MS_NODEV,
              "size=64k,nr_inodes=32,mode=755") < 0)
        return -1;
    for (cb_index = 0; cb_index < (int)(sizeof devices / sizeof *devices); cb_index++) {
        // A user namespace can't make device nodes, so the host's are bind-mounted.
        const char *inside = devices[cb_index].inside;
        int file = open(inside, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0444);
        if (file < 0) return -1;
        close(file);
        const char *host = devices[cb_index].host;
        int node = open_tree_at(AT_FDCWD, host, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC);
        if (node < 0) return -1;
        // The node is read-only, the device is not: no job leaves an access time for the next.
        if (set_attributes(node, "", AT_EMPTY_PATH,
                           MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC) < 0)
            return -1;
        if (attach(node, inside) < 0) return -1;
    }
    for (size_t i = 0; i < sizeof device_links / sizeof *device_links; i++)
        if (symlink(device_links[i].target, device_links[i].name) < 0) return -1;
    if (mkdir("dev/shm", 0755) < 0 || mkdir("dev/pts", 0755) < 0) return -1;
    // This makes only the folder read-only, since the nodes are separate mounts.
    return make_read_only("dev");
}

int mount_tmpfs(const struct cb_spec *spec) {
    static const struct {
        const char *path;
        const char *mode;
        unsigned long flags;
    } places[] = {{"tmp", "1777", MS_NOSUID | MS_NODEV},
                  {"dev/shm", "1777", MS_NOSUID | MS_NODEV | MS_NOEXEC},
                  {"workspace", "755", MS_NOSUID | MS_NODEV}};
    for (cb_index = 0; cb_index < (int)(sizeof places / sizeof *places); cb_index++) {
        char options[sizeof "size=,nr_inodes=,uid=,gid=,mode=1777" + 4 * CB_NUMBER_BYTES];
        char *end = cb_put_number(cb_put_text(options, "size="), spec->workspace_bytes);
        end = cb_put_number(cb_put_text(end, ",nr_inodes="), spec->tmpfs_inodes);
        end = cb_put_number(cb_put_text(end, ",uid="), spec->job_uid);
        end = cb_put_number(cb_put_text(end, ",gid="), spec->job_gid);
        cb_put_text(cb_put_text(end, ",mode="), places[cb_index].mode);
        if (mount("none", places[cb_index].path, "tmpfs", places[cb_index].flags, options) < 0)
            return -1;
    }
    return 0;
}

int mount_terminals(void) {
    // Every mount of a devpts is an instance with terminals of its own (mount(8), devpts). A slave
    // belongs to the user who opens the master. No cgroup counts a terminal's buffers, which are
    // kernel memory, so their number is what bounds them. /dev/ptmx is a link to the ptmx in here.
    return mount("none", "dev/pts", "devpts", MS_NOSUID | MS_NOEXEC,
                 "ptmxmode=0666,mode=0620,max=16");
}

int mount_proc(bool hides) {
    // hidepid hides PID 1, whose ids are not the job's.
    const char *const options = hides ? "hidepid=invisible" : "hidepid=off";
    return mount("none", "proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, options);
}

int open_host_proc(void) {
    return open_tree_at(AT_FDCWD, "/proc", OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE);
}

int mount_host_proc(int tree) {
    return attach(tree, "proc");
}

int make_proc_read_only(void) {
    return set_attributes(AT_FDCWD, "proc", AT_RECURSIVE, MOUNT_ATTR_RDONLY);
}

int pivot(void) {
    // This stacks the old root on top of the new one, where it is then detached (pivot_root(2),
    // "pivot_root(".", ".")").
    if (syscall(SYS_pivot_root, ".", ".") < 0) return -1;
    if (umount2(".", CB_MNT_DETACH) < 0) return -1;
    return chdir("/");
}
