out = {}
for path in [
    "kcore",
    "keys",
    "timer_list",
    "kmsg",
    "sched_debug",
    "kallsyms",
    "latency_stats",
    "interrupts",
    "kpagecount",
    "kpageflags",
    "slabinfo",
    "vmallocinfo",
    "key-users",
    "acpi",
    "scsi",
    "asound",
    "bus",
    "fs",
    "irq",
    "sysrq-trigger",
    "vmstat",
    "zoneinfo",
    "diskstats",
    "buddyinfo",
    "schedstat",
    "softirqs",
    "partitions",
    "swaps",
    "locks",
    "sys/kernel/random/boot_id",
]:
    path = "/proc/" + path

    def read():
        if os.path.isdir(path):
            return len(os.listdir(path))
        with open(path, "rb") as f:
            return len(f.read(65536))

    try:
        out[path] = read()
    except OSError as e:
        out[path] = errname(e.errno)
print(json.dumps(out))
