import Foundation
import Testing

extension EndToEnd {
    /// A network namespace in which no program opened a socket may serve a later job, and no other
    /// may. The kernel gives a number again soon after a namespace is removed, so these tests tell
    /// namespaces apart by the time at which the kernel made the inode as well.
    @Suite(
        .enabled(if: Installation.isRoot, "an ordinary user's namespaces are always new"),
        .server(environment: ["CODEBOX_ZYGOTES": "on", "CODEBOX_SLOTS": "8"]))
    struct NetworkReuseTests {
        static let languages = [Language.python, .node]

        static func tell(_ language: Language) -> String {
            language.choose(
                python: """
                    import os
                    n = os.stat('/proc/self/ns/net'); print(n.st_ino, n.st_ctime_ns, flush=True)

                    """,
                node: """
                    const n = require('fs').statSync('/proc/self/ns/net', {bigint: true});
                    console.log(`${n.ino} ${n.ctimeNs}`);

                    """, bash: "")
        }

        /// Runs a job in a forked interpreter, and returns its namespace.
        static func network(_ language: Language, doing more: String = "") async throws -> String {
            for _ in 0..<100 {
                let answer = try await run(JobBody(language, tell(language) + more))
                guard answer.timings?.forked == true else {
                    try await Task.sleep(for: .milliseconds(100))
                    continue
                }
                #expect(answer.stderr.text == "")
                return String(answer.stdout.text.split(separator: "\n").first ?? "")
            }
            throw CodeBoxServer.Failed(description: "no job of \(language) was forked")
        }

        static func networks(_ language: Language, _ count: Int) async throws -> [String] {
            var found: [String] = []
            for _ in 0..<count { found.append(try await network(language)) }
            return found
        }

        @Test(
            "jobs that open no socket get the network namespaces of earlier ones",
            arguments: languages)
        func reused(_ language: Language) async throws {
            // Each waiting sandbox has one, and until then makes its own.
            _ = try await Self.networks(language, 20)
            let found = try await Self.networks(language, 30)
            // All 30 would differ if each job had a new one.
            #expect(Set(found).count <= 27, "\(found)")
        }

        /// Each opens a socket in another way, and prints nothing.
        static let openers = [
            "import socket; socket.socket(socket.AF_UNIX)",
            "import socket; socket.socket(socket.AF_INET)",
            "import socket; socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)",
            "import socket; socket.socketpair()",
            """
            import socket, threading
            t = threading.Thread(target=lambda: socket.socket()); t.start(); t.join()
            """,
            """
            import os, socket
            if os.fork() == 0: socket.socket(); os._exit(0)
            os.wait()
            """,
            "import subprocess, sys; "
                + "subprocess.run([sys.executable, '-c', 'import socket; socket.socket()'])",
            "import ctypes; ctypes.CDLL(None).socket(1, 2, 0)",
            """
            import os, socket
            s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen()
            c = socket.create_connection(s.getsockname()); s.accept()
            os.kill(os.getpid(), 9)
            """,
        ]

        @Test(
            "a network namespace in which a program opened a socket is never used again",
            arguments: openers)
        func neverAgain(_ opener: String) async throws {
            var used: Set<String> = []
            var handedOn = 0
            var before = Set(try await Self.networks(.python, 20))
            // Goes on until one of them was an earlier job's, and so would have been used again.
            for turn in 0..<40 where turn < 4 || handedOn == 0 {
                let network = try await Self.network(.python, doing: opener)
                if before.contains(network) { handedOn += 1 }
                #expect(used.insert(network).inserted)
                let later = try await Self.networks(.python, 6)
                #expect(used.isDisjoint(with: later), "\(used) \(later)")
                before.formUnion(later)
            }
            #expect(handedOn > 0)
        }

        @Test("a refused socket does not count as one")
        func refused() async throws {
            _ = try await Self.networks(.python, 10)
            var found: [String] = []
            for _ in 0..<30 {
                found.append(
                    try await Self.network(
                        .python,
                        doing: """
                            import socket
                            for family in (16, 17, 38, 40):
                                try: socket.socket(family, 3)
                                except OSError: pass
                            """))
            }
            #expect(Set(found).count < found.count, "\(found)")
        }

        @Test("no two jobs that run at the same time are in one network namespace")
        func apart() async throws {
            _ = try await Self.networks(.python, 10)
            for _ in 0..<6 {
                let found = try await withThrowingTaskGroup(of: String.self) { group in
                    for _ in 0..<6 {
                        group.addTask {
                            try await Self.network(
                                .python, doing: "import time; time.sleep(0.3)")
                        }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                let numbers = Set(found.compactMap { $0.split(separator: " ").first })
                #expect(numbers.count == 6, "\(found)")
            }
        }

        @Test("loopback is up and empty in a network namespace that is used again")
        func asNew() async throws {
            let look = """
                print(open('/proc/net/dev').read())
                for name in ('unix', 'tcp', 'tcp6', 'udp', 'sockstat', 'if_inet6', 'route'):
                    print(name, open('/proc/net/' + name).read())
                """
            var seen: [String: [String]] = [:]
            for _ in 0..<40 {
                let answer = try await run(JobBody(.python, Self.tell(.python) + look))
                let text = answer.stdout.text
                let name = String(text.prefix { $0 != "\n" })
                seen[name, default: []].append(String(text.drop { $0 != "\n" }))
            }
            let again = try #require(seen.values.first { $0.count > 1 }, "\(seen.keys)")
            #expect(Set(again).count == 1)
            #expect(again[0].contains("lo: ") && again[0].contains("sockets: used 0"))
        }

        @Test("no signal interrupts the making of a socket, in forked and in exec'ed programs")
        func signals() async throws {
            _ = try await Self.networks(.python, 3)
            let source = """
                import signal, socket
                seen = 0
                def count(*_):
                    global seen
                    seen += 1
                signal.signal(signal.SIGALRM, count)
                signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
                for _ in range(1000):
                    socket.socket().close()
                    for one in socket.socketpair(): one.close()
                signal.setitimer(signal.ITIMER_REAL, 0)
                print('seen' if seen > 20 else seen)
                """
            let body = JobBody(.python, source)
            let child = JobBody(
                .python,
                "import subprocess, sys; subprocess.run([sys.executable, 'child.py'], check=True)"
            ).with { $0.files = [.init("child.py", source)] }
            for job in [body, child] {
                let answer = try await run(job)
                #expect(answer.stderr.text == "")
                #expect(answer.stdout.text == "seen\n")
            }
        }

        /// CPU time of the warden so far.
        private func wardenSeconds() throws -> Double {
            let warden = try #require(try server.part(.warden))
            let stat = HostProcess.read("/proc/\(warden.pid)/schedstat") ?? ""
            return Double(stat.split(separator: " ").first ?? "") ?? 0
        }

        @Test("a job that opens sockets without end loads neither the warden nor its neighbour")
        func flood() async throws {
            let clock = ContinuousClock()
            func median() async throws -> Duration {
                var times: [Duration] = []
                for _ in 0..<15 {
                    let start = clock.now
                    _ = try await run(JobBody(.python, "print(1)"))
                    times.append(clock.now - start)
                }
                return times.sorted()[7]
            }
            _ = try await Self.networks(.python, 10)
            let quiet = try await median()
            let attack = JobBody(
                .python,
                """
                import socket, time
                end = time.monotonic() + 4; count = 0
                while time.monotonic() < end:
                    for _ in range(100): socket.socket(socket.AF_UNIX).close()
                    count += 100
                print(count)
                """
            ).limited {
                $0.wallMs = 9000; $0.cpuMs = 9000
            }
            async let hostile = run(attack)
            try await Task.sleep(for: .milliseconds(1000))
            let (before, start) = (try wardenSeconds(), clock.now)
            let beside = try await median()
            try await Task.sleep(for: .milliseconds(500))
            let elapsed = (clock.now - start) / .seconds(1)
            let load = (try wardenSeconds() - before) / 1e9 / elapsed
            let answer = try await hostile
            let count = try #require(Int(answer.stdout.text.dropLast()), "\(answer.stderr.text)")
            // What is free, and the rate for 4 s: had it not been bounded, some 300,000.
            #expect(count > 4_000 && count < 60_000)
            #expect(load < 0.35, "the warden used \(load) of a core; \(count) sockets")
            #expect(beside < quiet * 4 + .milliseconds(20), "\(quiet) → \(beside)")
        }

        @Test("a program with two thousand sockets is not held up")
        func thousands() async throws {
            _ = try await Self.networks(.python, 3)
            let answer = try await run(
                JobBody(
                    .python,
                    """
                    import socket, time
                    start = time.monotonic()
                    for _ in range(2000): socket.socket().close()
                    print(time.monotonic() - start)
                    """))
            #expect((Double(answer.stdout.text.dropLast()) ?? 99) < 1)
        }
    }
}
