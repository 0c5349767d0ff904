#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "init.h"

// From <sys/mount.h>, as in mounts.c.
extern int mount(const char *, const char *, const char *, unsigned long, const void *);

// An image whose programs the object is for has a link /etc/ld.so.preload to the list in this
// folder. Outside of a sandbox the folder is empty, and the loader passes over a link to nothing.
#define FOLDER "usr/lib/codebox"
#define OBJECT FOLDER "/interfaces.so"
#define LIST FOLDER "/ld.so.preload"

static int create(const char *path) {
    return open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0444);
}

static int copy_object(int object) {
    int file = create(OBJECT);
    if (file < 0) return -1;
    enum { MAXIMUM_BYTES = 1 << 20 };
    // The descriptor's own offset is that of the warden and of all other templates' builders.
    off_t offset = 0;
    long copied;
    do copied = syscall(SYS_sendfile, file, object, &offset, MAXIMUM_BYTES);
    while (copied > 0);
    if (copied < 0) return -1;
    return close(file);
}

static int write_list(void) {
    static const char text[] = "/" OBJECT "\n";
    int file = create(LIST);
    if (file < 0) return -1;
    if (write(file, text, sizeof text - 1) != sizeof text - 1) return -1;
    return close(file);
}

int place_interfaces(int object) {
    // An older CodeBox made images without the folder.
    if (access(FOLDER, F_OK) < 0) return errno == ENOENT ? 0 : -1;
    if (mount("none", FOLDER, "tmpfs", MS_NOSUID | MS_NODEV, "size=2m,nr_inodes=4,mode=755") < 0)
        return -1;
    if (copy_object(object) < 0 || write_list() < 0) return -1;
    return make_read_only(FOLDER);
}
