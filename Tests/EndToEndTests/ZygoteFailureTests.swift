import Foundation
import Glibc
import Testing

extension EndToEnd {
    /// A zygote that dies or hangs never fails a job.
    @Suite
    struct ZygoteFailureTests {
        static let environment = ["CODEBOX_ZYGOTES": "on", "CODEBOX_SLOTS": "4"]

        /// The zygotes of a server's runtimes that are alive.
        func zygotes(_ server: CodeBoxServer) -> [HostProcess] {
            guard let warden = server.part(.warden) else { return [] }
            return HostProcess.descendants(of: warden.pid).filter {
                $0.pidNamespace == warden.pidNamespace && $0.parent == warden.pid
                    && ($0.arguments.first?.hasSuffix("/python3") == true
                        || $0.arguments.first?.hasSuffix("/node") == true)
            }
        }

        /// Returns once both zygotes are there and fork.
        func warmUp(_ server: CodeBoxServer) async throws {
            for language in [Language.python, .node] {
                let missing = await remaining(after: .seconds(60)) { () -> String? in
                    let job = try? await server.api.run(JobBody(language, language.hello))
                    return job?.timings?.forked == true ? nil : "\(language) is not forked"
                }
                if let missing { throw CodeBoxServer.Failed(description: missing + server.log) }
            }
        }

        @Test("zygotes that are killed again and again fail no job, and come back")
        func killed() async throws {
            try await withServer(environment: Self.environment) { server in
                try await warmUp(server)
                for _ in 0..<4 {
                    for zygote in zygotes(server) { kill(zygote.pid, SIGKILL) }
                    for index in 0..<12 {
                        let language = index.isMultiple(of: 2) ? Language.python : .node
                        let job = try await server.api.run(JobBody(language, language.hello))
                        #expect(job.stdout.text == "hello\n", "\(job)\(server.log)")
                    }
                }
                try await warmUp(server)
            }
        }

        @Test("a zygote that has stopped fails no job")
        func stopped() async throws {
            try await withServer(environment: Self.environment) { server in
                try await warmUp(server)
                for zygote in zygotes(server) { kill(zygote.pid, SIGSTOP) }
                for index in 0..<16 {
                    let language = index.isMultiple(of: 2) ? Language.python : .node
                    let job = try await server.api.run(JobBody(language, language.hello))
                    #expect(job.stdout.text == "hello\n", "\(job)\(server.log)")
                }
                try await warmUp(server)
            }
        }

        /// The first child that a zygote is seen to have, stopped: the scout that it sends while it
        /// starts, or a go-between.
        ///
        /// It lives for a few milliseconds, so this looks without a pause, for 20 s at most.
        private func stoppedChild(below warden: pid_t) -> (zygote: pid_t, child: pid_t)? {
            let end = ContinuousClock.now + .seconds(20)
            while ContinuousClock.now < end {
                for zygote in HostProcess.children(of: warden) {
                    // PID 1 of a sandbox has children in a pid namespace of its own.
                    guard let child = HostProcess.children(of: zygote).first,
                        HostProcess.name(zygote) != "codebox-init",
                        HostProcess.link(child, "ns/pid") == HostProcess.link(warden, "ns/pid"),
                        kill(child, SIGSTOP) == 0
                    else { continue }
                    if HostProcess.state(child) == "T" { return (zygote, child) }
                }
            }
            return nil
        }

        @Test("a zygote that is killed while a child of its own runs leaves no zombie")
        func strays() async throws {
            try await withServer(environment: Self.environment) { server in
                try await warmUp(server)
                for zygote in zygotes(server) { kill(zygote.pid, SIGKILL) }
                let warden = try #require(server.part(.warden)).pid
                let (zygote, child) = try #require(stoppedChild(below: warden))
                kill(zygote, SIGKILL)
                // The warden is its parent then, or has ended it with all that the zygote left.
                let orphaned = await remaining(after: .seconds(5)) { () -> String? in
                    let parent = HostProcess(pid: child)?.parent ?? warden
                    return parent == warden ? nil : "its parent is the zygote"
                }
                #expect(orphaned == nil)
                kill(child, SIGKILL)
                let left = await remaining(after: .seconds(10)) {
                    HostProcess.state(child).map { "\(child) is there still: \($0)" }
                }
                #expect(left == nil)
                try await warmUp(server)
            }
        }

        @Test("jobs that were forked end with the warden, and nothing of zygotes is left")
        func wardenKilled() async throws {
            try await withServer(environment: Self.environment) { server in
                try await warmUp(server)
                let old = zygotes(server).map(\.pid)
                #expect(old.count >= 2)
                try await server.murder(.warden)
                let left = await remaining(after: .seconds(10)) { () -> [HostProcess]? in
                    let alive = old.compactMap(HostProcess.init(pid:))
                    return alive.isEmpty ? nil : alive
                }
                #expect(left == nil)
                try await server.ready()
                try await warmUp(server)
            }
        }
    }
}
