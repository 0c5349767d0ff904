#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/keyctl.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "hostile.h"

int signal_victim(const char *secret, int victim, int port) {
    return kill(victim, SIGTERM);
}

int trace_parent(const char *secret, int victim, int port) {
    return (int)ptrace(PTRACE_SEIZE, getppid() > 0 ? getppid() : 1, NULL, NULL);
}

int read_victim_memory(const char *secret, int victim, int port) {
    char byte;
    struct iovec here = {&byte, 1}, there = {(void *)secret, 1};
    return process_vm_readv(victim, &here, 1, &there, 1, 0) < 0 ? -1 : 0;
}

int mount_tmpfs(const char *secret, int victim, int port) {
    return mount("none", "/usr/share", "tmpfs", 0, NULL);
}

int bind_root(const char *secret, int victim, int port) {
    return mount("/", "/usr/share", NULL, MS_BIND, NULL);
}

int unmount_proc(const char *secret, int victim, int port) {
    return umount2("/proc", MNT_DETACH);
}

int open_mount_tree(const char *secret, int victim, int port) {
    return syscall(SYS_open_tree, AT_FDCWD, "/", 1 /* OPEN_TREE_CLONE */) < 0 ? -1 : 0;
}

int pivot(const char *secret, int victim, int port) {
    return (int)syscall(SYS_pivot_root, ".", ".");
}

int enter_namespace(const char *secret, int victim, int port) {
    return unshare(CLONE_NEWUSER);
}

int set_host_name(const char *secret, int victim, int port) {
    return sethostname("taken", 5);
}

int become_root(const char *secret, int victim, int port) {
    if (getuid() == 0 || geteuid() == 0) return 0;
    return setuid(0);
}

int gain_capability(const char *secret, int victim, int port) {
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct held[2] = {{0}};
    if (syscall(SYS_capget, &header, held) < 0) return -1;
    if (held[0].effective | held[0].permitted | held[1].effective | held[1].permitted) return 0;
    held[0].effective = held[0].permitted = 1u << CAP_SYS_ADMIN;
    return (int)syscall(SYS_capset, &header, held);
}

int load_program(const char *secret, int victim, int port) {
    return syscall(SYS_bpf, 0, NULL, 0) < 0 && errno != EFAULT && errno != EINVAL ? -1 : 0;
}

int use_keyring(const char *secret, int victim, int port) {
    return syscall(SYS_keyctl, KEYCTL_GET_KEYRING_ID, KEY_SPEC_USER_KEYRING, 1) < 0 ? -1 : 0;
}

int make_ring(const char *secret, int victim, int port) {
    return syscall(SYS_io_uring_setup, 1, NULL) < 0 && errno != EFAULT ? -1 : 0;
}

int reach_listener(const char *secret, int victim, int port) {
    int client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (client < 0) return -1;
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int result = connect(client, (struct sockaddr *)&address, sizeof address);
    int error = errno;
    close(client);
    errno = error;
    return result;
}

static int opened(int family, int type, int protocol) {
    int number = socket(family, type | SOCK_CLOEXEC, protocol);
    if (number < 0) return -1;
    close(number);
    return 0;
}

int open_netlink(const char *secret, int victim, int port) {
    return opened(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
}

int open_raw_socket(const char *secret, int victim, int port) {
    return opened(AF_INET, SOCK_RAW, IPPROTO_ICMP);
}

// Writes into the image once the step that left it has long ended.
int leave_daemon(void) {
    pid_t child = fork();
    if (child < 0) return 1;
    if (child > 0) return 0;
    setsid();
    if (fork() != 0) _exit(0);
    for (int fd = 0; fd < 64; fd++) close(fd);
    signal(SIGTERM, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    sleep(1);
    int file = open("/usr/share/daemon-lives", O_CREAT | O_WRONLY, 0644);
    _exit(file < 0);
}

int eat_memory(void) {
    enum { PIECE = 64 << 20 };
    // 4 GiB, twice what a step may have: bounded for the case that no limit is there.
    for (int i = 0; i < 64; i++) {
        char *piece = mmap(NULL, PIECE, PROT_READ | PROT_WRITE,
                           MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (piece == MAP_FAILED) return 2;
        memset(piece, i | 1, PIECE);
    }
    return 0;
}
