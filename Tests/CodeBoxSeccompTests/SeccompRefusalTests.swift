import CodeBoxWarden
import CSeccomp
import Glibc
import SandboxTestSupport
import Testing

@testable import CodeBoxSeccomp

/// Every refusal of `seccomp.policy`, by the kernel with the compiled filter, in a probe that may
/// be root.
@Suite("Refused calls")
struct SeccompRefusalTests {
    struct Row: CustomTestStringConvertible {
        let errno: CInt
        let calls: [String]

        init(_ errno: CInt, _ calls: String...) {
            self.errno = errno
            self.calls = calls.flatMap { $0.split(separator: " ").map(String.init) }
        }

        var testDescription: String { "errno \(errno): \(calls[0]) …" }
    }

    /// O_DIRECT, <asm/fcntl.h>.
    #if arch(arm64)
        static let direct = "0x10000"
    #else
        static let direct = "0x4000"
    #endif

    static let rows = [
        // Not made, and told to have succeeded: RLIMIT_CORE with no pointer at all.
        // DONTNEED of a descriptor that is not open.
        Row(0, "setrlimit,4,0 prlimit64,0,4,1,0 sync fadvise64,99,0,0,4"),
        Row(
            ENOSYS, "clone3 openat2,0,0,0,24 io_uring_setup,1 io_uring_enter io_uring_register",
            "io_setup io_submit io_getevents io_pgetevents io_destroy io_cancel",
            "landlock_create_ruleset landlock_add_rule landlock_restrict_self memfd_secret",
            "inotify_init inotify_init1 inotify_add_watch inotify_rm_watch fanotify_init",
            "fanotify_mark sched_setattr"),
        Row(
            ENOSYS, "process_vm_readv process_vm_writev process_madvise process_mrelease",
            "pidfd_getfd kcmp"),
        Row(
            ENOSYS, "userfaultfd vmsplice remap_file_pages seccomp perf_event_open",
            "name_to_handle_at add_key request_key keyctl mbind set_mempolicy get_mempolicy",
            "set_mempolicy_home_node migrate_pages move_pages ioprio_set ioprio_get quotactl",
            "quotactl_fd modify_ldt shmget shmat shmctl shmdt semget semop semctl semtimedop",
            "msgget msgsnd msgrcv msgctl mq_open mq_unlink mq_timedsend mq_timedreceive mq_notify",
            "mq_getsetattr"),
        Row(
            ENOSYS, "uselib ustat sysfs _sysctl create_module get_kernel_syms query_module",
            "nfsservctl getpmsg putpmsg afs_syscall tuxcall security vserver lookup_dcookie",
            "set_thread_area get_thread_area epoll_ctl_old epoll_wait_old"),
        // LOCK_PI UNLOCK_PI TRYLOCK_PI WAIT_REQUEUE_PI CMP_REQUEUE_PI LOCK_PI2, also private.
        Row(ENOSYS, "futex,0,6 futex,0,7 futex,0,8 futex,0,11 futex,0,12 futex,0,13 futex,0,134"),
        // Newer than what a policy can name: cachestat, fchmodat2, futex_wait, and none.
        Row(ENOSYS, "451 452 455 1000"),
        Row(
            EPERM, "mount umount2 pivot_root chroot fsopen fsconfig fsmount fspick open_tree",
            "move_mount mount_setattr open_by_handle_at swapon swapoff acct sethostname",
            "setdomainname settimeofday clock_settime clock_adjtime adjtimex reboot kexec_load",
            "kexec_file_load init_module finit_module delete_module bpf syslog vhangup iopl ioperm",
            "setgroups capset"),
        Row(
            EPERM, "unshare,0x10000000 unshare,0x20000 setns,0,0 ptrace,0 clone,0x10000000",
            "personality,0x40000"),
        Row(
            EPERM, "sched_setscheduler,0,1 sched_setscheduler,0,6 mknod,0,0x2180",
            "mknodat,0,0,0x6180 prlimit64,1,4,1,0 prlimit64,0,4,1,1 prctl,24,0 prctl,28,0",
            // Limits of another process, and none that there is.
            "prlimit64,1,7,1,0 prlimit64,0,16,1,0"),
        Row(
            // SETLEASE GETLEASE NOTIFY, owners' uids, and hints of writing.
            EINVAL, "fcntl,0,1024,0 fcntl,0,1025 fcntl,0,1026 fcntl,0,17 fcntl,0,1036 fcntl,0,4000",
            "fcntl,0,0x100000400,0 arch_prctl,0x1001 setrlimit,16,0",
            "prctl,22,2 prctl,35 prctl,9999 prctl,0xf00000016"),
        // O_DIRECT, MERGEABLE COLD PAGEOUT COLLAPSE, GLOBAL barriers, huge pages of hugetlbfs.
        Row(
            EINVAL, "open,0,\(direct) openat,0,0,\(direct) fcntl,0,4,\(direct)",
            "madvise,0,0,12 madvise,0,0,20 madvise,0,0,21 madvise,0,0,25 membarrier,1 membarrier,2",
            "membarrier,4 mmap,0,4096,3,0x40022 memfd_create,0,4 fadvise64,0,0,0,9",
            "fadvise64,0,0,0,0x100000006"),
        Row(EOPNOTSUPP, "sendto,0,0,0,1 sendmsg,0,0,1 sendmmsg,0,0,0,0x4001"),
        // Also with bits above those that the kernel looks at.
        Row(
            ENOTTY, "ioctl,0,0x5412 ioctl,0,0xffffffff00005412 ioctl,0,0x541c ioctl,0,0x541d",
            "ioctl,0,0x5423 ioctl,0,0x40049409"),
        Row(
            EPROTONOSUPPORT, "socket,2,2,136 socket,2,1,132 socket,2,2,1 socket,10,1,262",
            "socket,10,2,136"),
        Row(EPERM, "socket,2,3,1 socket,10,3,58"),
        Row(ESOCKTNOSUPPORT, "socket,2,5,0 socket,2,4,0 socket,2,6,33 socket,10,5,132"),
        Row(
            EAFNOSUPPORT, "socket,17,3,0 socket,40,1,0 socket,38,5,0 socket,31,3,0 socket,29,3,1",
            "socket,44,3,0 socket,30,2,0 socket,99,1,0 socket,0xffffffff00000011,3,0",
            "socket,16,3,0 socket,16,3,9 socket,16,2,15"),
        Row(EOPNOTSUPP, "socketpair,2,1,0 socketpair,10,2,0"),
        Row(EAFNOSUPPORT, "socketpair,16,3,0 socketpair,30,5,0"),
        Row(
            ENOPROTOOPT, "setsockopt,0,1,26 setsockopt,0,1,60 setsockopt,0,6,31 setsockopt,0,0,64",
            // Packets' options, groups of addresses, keys, repair, IPV6_ADDRFORM, flow labels.
            "setsockopt,0,0,4 setsockopt,0,0,35 setsockopt,0,0,42 setsockopt,0,6,14",
            "setsockopt,0,6,19 setsockopt,0,41,1 setsockopt,0,41,20 setsockopt,0,41,32",
            "setsockopt,0,17,103 setsockopt,0,270,1 setsockopt,0,6,0xffffffff0000001f"),
        Row(
            EOPNOTSUPP, "setxattr lsetxattr fsetxattr,1 removexattr lremovexattr fremovexattr,1"),
    ]

    @Test("a refused call returns what a kernel without it does", arguments: rows)
    func refused(_ row: Row) throws {
        // A call that only another architecture has can't be asked for.
        let calls = row.calls.filter { call in
            let name = call.prefix { $0 != "," }
            return Int(name) != nil || seccomp_syscall_resolve_name(String(name)) >= 0
        }
        let program = try SeccompProgram.standard()
        let found = try FilterProbe(program: program).errnos(calls)
        try #require(found.count == calls.count)
        for (call, errno) in zip(calls, found) {
            #expect(errno == row.errno, "\(call): \(errno)")
        }
    }

    @Test("the table has every call that the policy refuses")
    func complete() throws {
        let refused = try SeccompPolicy.standard().rules.filter { $0.action != .allow }
        let tried = Set(Self.rows.flatMap(\.calls).map { String($0.prefix { $0 != "," }) })
        for rule in refused { #expect(tried.contains(rule.syscall), "\(rule.syscall)") }
        #expect(Set(refused.map(\.syscall)).count > 130)
    }
}
