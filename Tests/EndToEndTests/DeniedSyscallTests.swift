import Foundation
import Testing

extension EndToEnd {
    /// `denied_syscalls` in results, and `codebox runtime test --explain`.
    @Suite
    struct DeniedSyscallTests {
        /// mq_unlink three times, unshare once, and what the two answer.
        private static let refused = """
            import ctypes, os
            libc = ctypes.CDLL(None, use_errno=True)
            for call in [lambda: libc.mq_unlink(b"/x")] * 3 + [lambda: libc.unshare(0x10000000)]:
                call()
                print(os.strerror(ctypes.get_errno()))
            """
        private static let answers =
            String(repeating: "Function not implemented\n", count: 3)
            + "Operation not permitted\n"

        private func on(_ body: (CodeBoxServer) async throws -> Void) async throws {
            try await withServer(
                environment: ["CODEBOX_DENIED_SYSCALLS": "on", "CODEBOX_ZYGOTES": "on"], body)
        }

        /// What a job's answer says of the calls of ``refused``.
        private func check(_ answer: JobAnswer) {
            #expect(answer.stdout.text == Self.answers, "\(answer)")
            let denied = answer.deniedSyscalls ?? []
            #expect(denied.contains(.init(name: "mq_unlink", errno: "ENOSYS", count: 3)))
            #expect(denied.contains(.init(name: "unshare", errno: "EPERM", count: 1)), "\(denied)")
            #expect(denied.map(\.count) == denied.map(\.count).sorted(by: >))
        }

        @Test("refused calls are named and counted, and fail as they do without; no job is forked")
        func counted() async throws {
            try await on { server in
                let answer = try await server.api.run(JobBody(.python, Self.refused))
                check(answer)
                #expect(answer.timings?.forked != true)
                let quiet = try await server.api.run(JobBody(.bash, "echo on"))
                #expect(quiet.stdout.text == "on\n" && quiet.outcome == "exited")
                #expect(quiet.deniedSyscalls?.contains { $0.name == "mq_unlink" } == false)
            }
        }

        @Test("one call with two errnos is two entries, and a stored job keeps them")
        func errnos() async throws {
            try await on { server in
                let job = JobBody(
                    .python,
                    """
                    import socket
                    for kind in (16, 3), (16, 3), (2, 3):
                        try: socket.socket(*kind)
                        except OSError as error: print(error.errno)
                    """)
                let answer = try await server.api.finished(server.api.submit(job).id)
                #expect(answer.stdout.text == "97\n97\n1\n")
                let sockets = answer.deniedSyscalls?.filter { $0.name == "socket" }
                #expect(
                    sockets == [
                        .init(name: "socket", errno: "EAFNOSUPPORT", count: 2),
                        .init(name: "socket", errno: "EPERM", count: 1),
                    ])
            }
        }

        @Test("results don't have the field unless the admin allows it")
        func off() async throws {
            try await withServer { server in
                let answer = try await server.api.run(JobBody(.python, Self.refused))
                #expect(answer.stdout.text == Self.answers)
                #expect(answer.deniedSyscalls == nil)
            }
        }

        private static let flood = """
            import ctypes, threading, time
            libc = ctypes.CDLL(None)
            end = time.monotonic() + 3
            def refuse():
                while time.monotonic() < end: libc.mq_unlink(b"/x")
            threads = [threading.Thread(target=refuse) for _ in range(20)]
            for thread in threads: thread.start()
            for thread in threads: thread.join()
            """

        @Test("a flood of refused calls is slowed, and another job is answered on time")
        func flood() async throws {
            try await on { server in
                async let flooded = server.api.run(JobBody(.python, Self.flood))
                try await Task.sleep(for: .milliseconds(500))
                let clock = ContinuousClock()
                for _ in 0..<10 {
                    let begin = clock.now
                    let answer = try await server.api.run(JobBody(.bash, "echo on"))
                    #expect(answer.stdout.text == "on\n")
                    #expect(begin.duration(to: clock.now) < .milliseconds(500))
                }
                let answer = try await flooded
                #expect(answer.outcome == "exited", "\(answer)")
                // 128 at once, and at most 250 in each of 3 s and what the threads' end takes.
                let call = answer.deniedSyscalls?.first { $0.name == "mq_unlink" }
                let count = try #require(call?.count)
                #expect(count > 128 && count < 128 + 1_250, "\(count)")
            }
        }

        @Test("a job that floods until its time is up ends then, with what was refused")
        func overrun() async throws {
            try await on { server in
                let job = JobBody(.python, Self.flood).limited { $0.wallMs = 1_000 }
                let answer = try await server.api.run(job)
                #expect(answer.outcome == "wall_time_exceeded", "\(answer)")
                let usage = try #require(answer.usage)
                #expect(usage.wallUs < 1_500_000)
                #expect(answer.deniedSyscalls?.first?.name == "mq_unlink")
            }
        }

        @Test("runtime test --explain names what was refused and the line that would allow it")
        func explain() async throws {
            try await CodeBoxCommand.use { codebox in
                let runtimes = codebox.scratch.path + "/own-runtimes"
                try FileManager.default.createDirectory(
                    atPath: runtimes, withIntermediateDirectories: true)
                try FileManager.default.copyItem(
                    atPath: "\(Installation.runtimes)/bash", toPath: "\(runtimes)/bash")
                try """
                - {name: needs namespaces, source: unshare -U true, expect: {stdout: ""}}
                - {name: fails by itself, source: exit 3, expect: {stdout: ""}}

                """.write(
                    toFile: runtimes + "/bash/tests/cases.yaml", atomically: true, encoding: .utf8)
                let settings = ["CODEBOX_RUNTIMES_DIR": runtimes]
                let result = try await codebox(
                    "runtime", "test", "bash", "--explain", environment: settings)
                #expect(result.exit == .code(1))
                let refused = "  refused: unshare with EPERM, 1 time\n"
                #expect(result.stdout.contains(refused), "\(result.stdout)")
                #expect(result.stdout.contains("to allow it, remove it from seccomp.policy, line "))
                #expect(
                    result.stdout.contains(
                        "and add to a group of seccomp.policy that allows calls:\n      unshare\n"))
                #expect(result.stdout.contains("fails by itself"))
                let json = try await codebox(
                    "runtime", "test", "bash", "--explain", "--json", environment: settings)
                #expect(json.stdout.contains("\"denied_syscalls\""), "\(json.stdout)")
                let plain = try await codebox("runtime", "test", "bash", environment: settings)
                #expect(!plain.stdout.contains("refused"))
            }
        }
    }
}
