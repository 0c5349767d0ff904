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
        // Each sandbox installs it: 0.3 microseconds for an instruction.
        #expect((50...380).contains(program.count), "\(program.count) instructions")
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
            "socket,2,2,17", "prctl,38,1", "personality,0xffffffff",
        ])
        #expect(found == found.map { _ in 0 })
        #expect(found.count == 8)
        // The filter lets these through; there need be no IPv6 and no terminal.
        let others = try errnos(["socket,10,1,0", "ioctl,1,0x5401", "setsockopt,1,6,1"])
        #expect(others.allSatisfy { ![EPERM, ENOSYS].contains($0) })
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
