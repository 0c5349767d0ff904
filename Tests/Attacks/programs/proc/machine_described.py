# attack: Reads what /proc tells of the machine: keys, interrupts, modules, the kernel's addresses.
# layer: the entries are masked
# second: most are the host's root's alone
# off: proc
# sites: rootless guest
from attack import *

for name in (
    "kcore", "keys", "key-users", "kmsg", "kallsyms", "timer_list", "latency_stats", "sched_debug",
    "modules", "interrupts", "config.gz", "vmallocinfo", "slabinfo", "pagetypeinfo", "iomem",
    "ioports", "kpagecount", "kpageflags", "kpagecgroup", "cmdline",
):  # fmt: skip
    try:
        with open(f"/proc/{name}", "rb") as file:
            if file.read(64):
                fell(name)
    except OSError:
        pass
for name in ("acpi", "asound", "bus", "driver", "fs", "irq", "scsi", "tty", "pressure"):
    try:
        if found := os.listdir(f"/proc/{name}"):
            fell(f"{name}: {found[:3]}")
    except OSError:
        pass
end()
