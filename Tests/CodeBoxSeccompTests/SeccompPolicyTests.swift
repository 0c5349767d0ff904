import CodeBoxWarden
import CodeBoxCore
import CSeccomp
import Glibc
import Testing

@testable import CodeBoxSeccomp

@Suite("SeccompPolicy")
struct SeccompPolicyTests {
    private func parse(_ text: String) throws -> SeccompPolicy {
        try SeccompPolicy(parsing: Array(text.utf8), name: "p")
    }

    private func rules(_ text: String) throws -> [SeccompRule] {
        try parse("group g: reason\n" + text).rules
    }

    @Test("names in a group are allowed, those of a group with an errno fail with it")
    func actions() throws {
        let policy = try parse(
            """
            default EACCES
            newer EPERM
            group a: because   # a comment
                read write
            group b = ENOSYS: so it falls back
                clone3
            """)
        #expect(policy.defaultErrno == EACCES)
        #expect(policy.newerErrno == EPERM)
        #expect(policy.rules.map(\.syscall) == ["read", "write", "clone3"])
        #expect(policy.rules.map(\.action) == [.allow, .allow, .fail(ENOSYS)])
        #expect(policy.rules.map(\.origin) == ["p, line 4", "p, line 4", "p, line 6"])
    }

    @Test("conditions are read with their masks, and `in` makes an alternative of each value")
    func conditions() throws {
        let found = try rules("socket if int0 in 2,10 and int1 & 0xf == 1 and arg2 <= 6")
        #expect(found.count == 2)
        for (rule, family) in zip(found, [2, 10] as [UInt64]) {
            #expect(
                rule.conditions == [
                    .init(argument: 0, mask: 0xffff_ffff, comparison: .equal, value: family),
                    .init(argument: 1, mask: 0xf, comparison: .equal, value: 1),
                    .init(argument: 2, comparison: .atMost, value: 6),
                ])
        }
    }

    @Test(
        "a line that means nothing is refused with its number",
        arguments: [
            "read": "before the first group",
            "group g": "the reason must be there",
            "group g:": "the reason must be there",
            "group g = EWHAT: r": "EWHAT is not one of",
            "default": "followed by one errno's name",
            "group g: r\nread\nread": "named before",
            "group g: r\nread if arg0 == 1\nread": "named before",
            "group g: r\nread if arg0 == 1\ngroup h = EPERM: r\nread\nread if arg0 == 2":
                "named before",
            "group g = EPERM: r\nread if arg0 == 1\ngroup h: r\nread": "named before",
            "group g = EPERM: r\nread if arg0 <= 1": "written with == or in",
            "group g: r\nRead": "no system call's name",
            "group g: r\nread if": "a condition is written",
            "group g: r\nread if arg6 == 1": "a condition is written",
            "group g: r\nread if reg0 == 1": "a condition is written",
            "group g: r\nread if arg0 == 1 and": "a condition is written",
            "group g: r\nread if arg0 = 1": "= is no comparison",
            "group g: r\nread if arg0 == one": "one is no number",
            "group g: r\nread if arg0 == 0x": "0x is no number",
            "group g: r\nread if arg0 in 1,,2": "is no number",
            "group g: r\nread if arg0 == 1,2": "go with in only",
            "group g: r\nread if int0 != 1": "go with == and in only",
            "group g: r\nread if int0 & 0xf == 16": "can never be equal",
            "group g: r\nread if int0 == 0x100000000": "can never be equal",
            "group g: r\nread if arg0 == 1 and int0 == 1": "once only",
        ])
    func refusals(text: String, reason: String) throws {
        let error = try #require(throws: CodeBoxError.self) { try parse("# first\n" + text) }
        #expect(error.code == .configurationInvalid)
        #expect(error.message.contains(reason))
        // The fault is on the last line of each.
        #expect(error.message.hasPrefix("p, line \(text.split(separator: "\n").count + 1): "))
    }

    @Test("a runtime's additions widen conditions, change answers, and repeat without effect")
    func merging() throws {
        let base = try parse(
            """
            group a: r
                read
                ioctl if int1 == 1
            group b = ENOSYS: r
                io_setup
            """)
        let merged = base.merging(
            try parse(
                """
                default ENOSYS
                group more: r
                    read ptrace io_setup
                    ioctl if int1 in 1,2
                """))
        #expect(merged.defaultErrno == EPERM)
        #expect(merged.rules.filter { $0.syscall == "read" }.count == 1)
        #expect(
            merged.rules.filter { $0.syscall == "ioctl" }.map { $0.conditions[0].value } == [1, 2])
        #expect(merged.rules.filter { $0.syscall == "io_setup" }.map(\.action) == [.allow])
        #expect(merged.rules.contains { $0.syscall == "ptrace" })
        let wide = merged.merging(try parse("group g: r\nioctl"))
        #expect(wide.rules.filter { $0.syscall == "ioctl" }.map(\.conditions) == [[]])
        #expect(
            wide.merging(try parse("group g: r\nioctl if int1 == 3")).rules.count
                == wide.rules.count)
    }

    @Test("what a policy allows in addition leaves the refusals of other arguments as they were")
    func mergingRefusals() throws {
        let base = try parse(
            """
            group a: r
                socket if int0 == 1
            group b = EINVAL: r
                socket if int0 == 2
            group c = ENOSYS: r
                socket keyctl
            """)
        let merged = base.merging(try parse("group g: r\nsocket if int0 == 3\nkeyctl if int0 == 1"))
        #expect(
            merged.refusals["socket"]?.map(\.action) == [.fail(EINVAL), .fail(ENOSYS)])
        #expect(merged.refusals["keyctl"]?.map(\.action) == [.fail(ENOSYS)])
        #expect(merged.rules.filter { $0.action == .allow }.count == 3)
    }

    @Test("the standard policy says of every call how it is answered, whatever its arguments")
    func complete() throws {
        let policy = try SeccompPolicy.standard()
        let whole = Set(policy.rules.filter(\.conditions.isEmpty).map(\.syscall))
        for name in ["x86_64", "aarch64"] {
            let architecture = seccomp_arch_resolve_name(name)
            for number in 0...CInt(SeccompPolicy.newestCall) {
                guard let name = seccomp_syscall_resolve_num_arch(architecture, number) else {
                    continue
                }
                defer { free(name) }
                let call = String(cString: name)
                #expect(whole.contains(call), "\(call)")
            }
        }
    }

    @Test("the standard policy speaks of every dangerous call by leaving it out")
    func standard() throws {
        let policy = try SeccompPolicy.standard()
        let allowed = Set(policy.rules.filter { $0.action == .allow }.map(\.syscall))
        let dangerous = [
            "mount", "umount2", "pivot_root", "chroot", "unshare", "setns", "fsopen", "fsmount",
            "open_tree", "move_mount", "mount_setattr", "ptrace", "process_vm_readv",
            "process_vm_writev", "pidfd_getfd", "kcmp", "bpf", "perf_event_open", "kexec_load",
            "kexec_file_load", "init_module", "finit_module", "delete_module", "add_key", "keyctl",
            "request_key", "userfaultfd", "open_by_handle_at", "name_to_handle_at", "quotactl",
            "reboot", "swapon", "swapoff", "iopl", "ioperm", "modify_ldt", "syslog", "acct",
            "clock_settime", "settimeofday", "adjtimex", "clock_adjtime", "sethostname",
            "setdomainname", "vmsplice", "seccomp", "clone3", "io_uring_setup", "io_uring_enter",
            "io_uring_register", "memfd_secret", "fanotify_init", "lookup_dcookie", "uselib",
            "migrate_pages", "move_pages", "vhangup", "sync", "openat2",
        ]
        #expect(allowed.intersection(dangerous).isEmpty)
        #expect(policy.defaultErrno == EPERM)
    }
}
