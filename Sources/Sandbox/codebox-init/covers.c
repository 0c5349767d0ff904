// Covers entries of /proc with an empty file or folder. Each cover is a mount, which costs a
// sandbox some 8 µs, and 4 µs where the kernel has no such entry. So the builder of a template
// finds out once which entries this kernel does not have and can't get.
#include <errno.h>
#include <linux/mount.h>
#include <unistd.h>

#include "init.h"

// From <sys/mount.h>, which in glibc 2.36 clashes with <linux/mount.h>.
extern int mount(const char *, const char *, const char *, unsigned long, const void *);

// Entries that describe the machine and not the sandbox, and that no interpreter needs. Only the
// host's root can read most of them; hiding them does not rely on that. The others count what all
// jobs do, and would tell one of the others. Not hidden are those that interpreters and libc read:
// stat, loadavg (which sysinfo(2) tells too), meminfo, cpuinfo, uptime and version.
static const struct {
    const char *path;
    enum { A_FILE, A_FOLDER } kind;
    enum {
        SINCE_BOOT,   // the kernel makes the entry when it starts, or never
        WITH_MODULE,  // a module may bring it at any time
    } origin;
} entries[] = {
    {"proc/kcore", A_FILE, SINCE_BOOT},
    {"proc/keys", A_FILE, SINCE_BOOT},
    {"proc/key-users", A_FILE, SINCE_BOOT},
    {"proc/kmsg", A_FILE, SINCE_BOOT},
    {"proc/kallsyms", A_FILE, SINCE_BOOT},
    {"proc/timer_list", A_FILE, SINCE_BOOT},
    {"proc/sysrq-trigger", A_FILE, SINCE_BOOT},
    {"proc/latency_stats", A_FILE, SINCE_BOOT},
    {"proc/sched_debug", A_FILE, SINCE_BOOT},
    {"proc/modules", A_FILE, SINCE_BOOT},
    {"proc/interrupts", A_FILE, SINCE_BOOT},
    {"proc/config.gz", A_FILE, WITH_MODULE},
    {"proc/vmallocinfo", A_FILE, SINCE_BOOT},
    {"proc/slabinfo", A_FILE, SINCE_BOOT},
    {"proc/pagetypeinfo", A_FILE, SINCE_BOOT},
    {"proc/iomem", A_FILE, SINCE_BOOT},
    {"proc/ioports", A_FILE, SINCE_BOOT},
    {"proc/kpagecount", A_FILE, SINCE_BOOT},
    {"proc/kpageflags", A_FILE, SINCE_BOOT},
    {"proc/kpagecgroup", A_FILE, SINCE_BOOT},
    {"proc/cmdline", A_FILE, SINCE_BOOT},
    {"proc/vmstat", A_FILE, SINCE_BOOT},
    {"proc/zoneinfo", A_FILE, SINCE_BOOT},
    {"proc/diskstats", A_FILE, SINCE_BOOT},
    {"proc/buddyinfo", A_FILE, SINCE_BOOT},
    {"proc/schedstat", A_FILE, SINCE_BOOT},
    {"proc/softirqs", A_FILE, SINCE_BOOT},
    {"proc/partitions", A_FILE, SINCE_BOOT},
    {"proc/swaps", A_FILE, SINCE_BOOT},
    {"proc/locks", A_FILE, SINCE_BOOT},
    {"proc/acpi", A_FOLDER, WITH_MODULE},
    {"proc/asound", A_FOLDER, WITH_MODULE},
    {"proc/bus", A_FOLDER, WITH_MODULE},
    {"proc/driver", A_FOLDER, WITH_MODULE},
    {"proc/fs", A_FOLDER, WITH_MODULE},
    {"proc/irq", A_FOLDER, SINCE_BOOT},
    {"proc/scsi", A_FOLDER, WITH_MODULE},
    {"proc/tty", A_FOLDER, SINCE_BOOT},
    {"proc/dynamic_debug", A_FOLDER, SINCE_BOOT},
    // It describes the whole machine, and any process may set a trigger on it.
    {"proc/pressure", A_FOLDER, SINCE_BOOT},
};

enum { ENTRIES = sizeof entries / sizeof *entries };
_Static_assert(ENTRIES <= 64, "each has a bit");

static const char empty_file[] = "dev/null", empty_folder[] = "dev/shm";

uint64_t find_absent_covers(void) {
    uint64_t absent = 0;
    for (int i = 0; i < ENTRIES; i++)
        if (entries[i].origin == SINCE_BOOT && access(entries[i].path, F_OK) < 0 && errno == ENOENT)
            absent |= 1ull << i;
    return absent;
}

// A bind mount has the flags of its source: read-only, like all of /dev.
static int cover(const char *path, const char *with) {
    return mount(with, path, NULL, MS_BIND, NULL) < 0 && errno != ENOENT ? -1 : 0;
}

int mask_proc(uint64_t absent) {
    // It is an error if the files that entries are covered with are missing, but not if an entry is
    // missing in this kernel's /proc.
    if (access(empty_file, F_OK) < 0 || access(empty_folder, F_OK) < 0) return -1;
    for (cb_index = 0; cb_index < ENTRIES; cb_index++) {
        if (absent & 1ull << cb_index) continue;
        const char *with = entries[cb_index].kind == A_FILE ? empty_file : empty_folder;
        if (cover(entries[cb_index].path, with) < 0) return -1;
    }
    if (mount("proc/sys", "proc/sys", NULL, MS_BIND, NULL) < 0) return -1;
    if (make_read_only("proc/sys") < 0) return -1;
    // It is the same in all sandboxes until the machine starts again, and tells one machine from
    // others.
    return cover("proc/sys/kernel/random/boot_id", empty_file);
}
