#include <stddef.h>

#include "CWire.h"

// Each file costs three calls in every namespace, some 12 µs, and each new folder as much again. So
// the tables hold only what bounds a job by itself:
// - tcp_max_syn_backlog is not among them, because a listener's queue of unfinished connections is
//   bounded by somaxconn, too.
// - Of the user.max_*_namespaces only one is. Every other kind of namespace needs CAP_SYS_ADMIN in
//   a user namespace, which no process of the sandbox gets without a user namespace of its own.
// - net.core.rmem_max, wmem_max, tcp_mem and udp_mem belong to the whole machine.
// docs/decisions/014-sysctls-of-a-sandbox.md has what was measured.
const struct cb_sysctl cb_network_sysctls[] = {
    // Connections that wait in a listener's queue are made by the kernel's softirq, which charges
    // them to no cgroup. 4,096 for each of a job's listeners were 130 MiB. 128 was the default
    // until Linux 5.4; listen(2) takes a larger backlog and lowers it silently.
    {"/proc/sys/net/core/somaxconn", "128"},
    // Bytes that one TCP socket buffers at most: lowest, initial, highest. The first two are the
    // kernel's own. The highest one is 32 MiB and 4 MiB for each socket on the machine that took
    // 305 MiB of the global pool; over loopback, 256 KiB are enough for full speed.
    {"/proc/sys/net/ipv4/tcp_rmem", "4096 131072 262144"},
    {"/proc/sys/net/ipv4/tcp_wmem", "4096 16384 262144"},
    // A connection that the program has closed stays for a minute, charged to no cgroup and with no
    // descriptor. The default grows with the machine's memory (131,072 for 8 GiB, 36 MiB of slab).
    // Beyond the bound the kernel frees it at once, which over loopback loses nothing.
    {"/proc/sys/net/ipv4/tcp_max_tw_buckets", "1024"},
};

const size_t cb_network_sysctl_count = sizeof cb_network_sysctls / sizeof *cb_network_sysctls;
