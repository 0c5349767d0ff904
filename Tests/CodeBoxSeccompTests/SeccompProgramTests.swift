import CodeBoxWarden
import SandboxTestSupport
import CodeBoxCore
import CodeBoxSeccomp
import Glibc
import Testing

/// Installs the compiled filter for real, in a probe of its own.
@Suite("SeccompProgram")
struct SeccompProgramTests {
    @Test("the standard policy compiles into a program the kernel takes")
    func compiles() throws {
        let program = try SeccompProgram.standard()
        #expect(program.instructions.count.isMultiple(of: 8))
        #expect((50...1000).contains(program.count))
        #expect(try errnos(["getppid"]) == [0])
    }

    @Test("a name that is no system call is refused with its line")
    func unknownName() throws {
        let policy = try SeccompPolicy(
            parsing: Array("group g: r\nread\nraed".utf8), name: "own.policy")
        let error = try #require(throws: CodeBoxError.self) { try SeccompProgram.compile(policy) }
        #expect(error.message == "own.policy, line 3: raed is no system call's name")
    }

    @Test("ordinary calls go through")
    func allowed() throws {
        let found = try errnos([
            "getpid", "sched_yield", "socket,1,1,0", "socket,2,1,0", "socket,2,1,6",
            "socket,2,2,17",
            "socket,16,3,0", "prctl,38,1", "personality,0xffffffff",
        ])
        #expect(found == [0, 0, 0, 0, 0, 0, 0, 0, 0])
        // The filter lets these through; there need be no IPv6 and no terminal.
        let others = try errnos(["socket,10,1,0", "ioctl,1,0x5401", "setsockopt,1,6,1"])
        #expect(others.allSatisfy { ![EPERM, ENOSYS].contains($0) })
    }

    @Test("what is not named fails with EPERM, though the probe may be root")
    func denied() throws {
        let calls = [
            "unshare,0x10000000", "unshare,0x20000", "setns,0,0", "mount", "umount2", "chroot",
            "pivot_root", "ptrace,0", "process_vm_readv", "bpf", "perf_event_open", "keyctl",
            "add_key", "userfaultfd", "open_by_handle_at", "kexec_load", "init_module", "syslog",
            "sethostname", "seccomp", "swapon", "reboot", "clock_settime", "personality,0x40000",
        ]
        #expect(try errnos(calls) == calls.map { _ in EPERM })
    }

    @Test("sockets of other families, raw ones and other netlink protocols fail with EPERM")
    func sockets() throws {
        let calls = [
            "socket,17,3,0", "socket,40,1,0", "socket,38,5,0",
            "socket,16,3,9", "socket,2,3,1", "socket,2,5,0",
            "socket,2,1,132", "socket,10,1,262", "socketpair,2,1,0",
            "setsockopt,0,1,26", "setsockopt,0,6,31", "setsockopt,0,0,64",
        ]
        #expect(try errnos(calls) == calls.map { _ in EPERM })
    }

    @Test("bits that the kernel ignores do not get a call past the filter")
    func upperBits() throws {
        let calls = [
            "ioctl,0,0x5412", "ioctl,0,0xffffffff00005412", "ioctl,0,0x541c",
            "socket,0xffffffff00000011,3,0", "setsockopt,0,6,0xffffffff0000001f",
            "prctl,0xf00000016",
        ]
        #expect(try errnos(calls) == calls.map { _ in EPERM })
    }

    @Test("what libcs fall back from fails with ENOSYS, and so does what is newer than libseccomp")
    func probed() throws {
        let calls = [
            "clone3", "io_uring_setup,1", "landlock_create_ruleset", "1000",
        ]
        #expect(try errnos(calls) == calls.map { _ in ENOSYS })
    }

    @Test("extended attributes can't be set, as on a file system that has none")
    func attributes() throws {
        #expect(try errnos(["setxattr", "fremovexattr,1"]) == [EOPNOTSUPP, EOPNOTSUPP])
    }

    @Test(
        "clone makes processes but neither namespaces nor siblings",
        arguments: [
            (0, 0), (0x1000_0000, EPERM), (0x2_0000, EPERM), (0x200_0000, EPERM),
            (0x400_0000, EPERM),
            (0x800_0000, EPERM), (0x2000_0000, EPERM), (0x4000_0000, EPERM), (0x8000, EPERM),
        ] as [(Int, CInt)])
    func clone(flags: Int, errno: CInt) throws {
        let ending = try probe(["clone", String(flags)])
        #expect(ending == .init(exitCode: 0, signal: nil, output: "\(errno)\n"))
    }

    @Test("calls of a foreign architecture kill the process")
    func foreign() throws {
        #expect(try probe(["int80", "-"]) == .init(exitCode: nil, signal: SIGSYS, output: ""))
        #if arch(x86_64)
            // x32's getpid
            let ending = try probe(["call", "0x40000027"])
            #expect(ending == .init(exitCode: nil, signal: SIGSYS, output: ""))
        #endif
    }

    @Test("a shell with its pipes, jobs and redirections runs under the filter")
    func shell() throws {
        let script = """
            cd "$(mktemp -d)" && mkfifo p && { echo through > p & } && cat p && wait
            seq 3 | sort -r | head -n 1
            cp -a p q && mv q r && ln -s r s && ls | wc -l && rm p r s
            timeout 0.05 sleep 5; echo $?
            rmdir "$PWD"
            """
        let ending = try probe(["exec", "/bin/bash", "-c", script])
        #expect(ending == .init(exitCode: 0, signal: nil, output: "through\n3\n3\n124\n"))
    }

    private func errnos(_ calls: [String]) throws -> [CInt] {
        try FilterProbe(program: SeccompProgram.standard()).errnos(calls)
    }

    private func probe(_ action: [String]) throws -> SandboxProbe.Ending {
        try FilterProbe(program: SeccompProgram.standard()).run(action)
    }
}
