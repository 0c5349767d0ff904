import Foundation
import Glibc
import Testing

extension EndToEnd {
    /// A server that was taken over: an ordinary user, with the way to the warden that the server
    /// has. `Tests/PlayedServer` plays it.
    @Suite
    struct PlayedServerTests {
        /// What root alone may write, and the attacks try to.
        private static let hostFiles = [
            "/proc/sys/kernel/core_pattern", "/proc/sys/kernel/modprobe", "/etc/passwd",
            "/etc/shadow",
        ]

        private static func hostFacts() -> [String?] {
            hostFiles.map { HostProcess.read($0) } + [HostProcess.read("/tmp/codebox-played")]
        }

        private func play(
            _ server: CodeBoxServer, _ language: Language, seed: UInt64
        ) async throws -> (exit: ChildProcess.Exit?, text: String) {
            let socket = server.scratch.data + "/warden/warden.sock"
            var owner = stat()
            try #require(stat(socket, &owner) == 0, "there is no \(socket)")
            let digest = try #require(HostProcess.read(server.scratch.data + "/tags/\(language)"))
            let bundle = HostProcess.link(getpid(), "exe")
            let binary = URL(fileURLWithPath: bundle).deletingLastPathComponent()
                .appendingPathComponent("played-server").path
            let process = try ChildProcess(
                binary,
                [
                    "\(owner.st_uid)", "\(owner.st_uid)", socket, server.scratch.data,
                    digest.trimmingCharacters(in: .newlines), "\(language)", "\(seed)",
                ], environment: [:])
            let exit = await process.wait(within: .seconds(50))
            if exit == nil { process.send(SIGKILL) }
            return (exit, process.stdout.text + process.stderr.text)
        }

        @Test(
            "a server that was taken over gains nothing from the warden",
            arguments: [Language.python, .node])
        func gainsNothing(_ language: Language) async throws {
            let seed = UInt64.random(in: 0..<1 << 32)
            try await withServer(environment: ["CODEBOX_ZYGOTES": "on"]) { server in
                try await server.ready()
                let before = Self.hostFacts()
                let warden = try #require(server.part(.warden))
                let descriptors = warden.descriptorCount
                let (exit, text) = try await play(server, language, seed: seed)
                #expect(exit == .code(0), "seed \(seed)\n\(text)\(server.log)")
                #expect(Self.hostFacts() == before, "seed \(seed)\n\(text)")
                // The warden was neither ended nor filled up, and the real server's jobs go on.
                let after = try #require(server.part(.warden))
                #expect(after.pid == warden.pid, "seed \(seed)\n\(text)\(server.log)")
                #expect(after.residentBytes < 200 << 20, "seed \(seed)")
                let answer = try await server.api.run(JobBody(language, language.hello))
                #expect(answer.stdout.text == "hello\n")
                let grown = await remaining(after: .seconds(20)) { () -> String? in
                    let now = after.descriptorCount
                    // The pools and the stock of cgroups may be fuller than at the start.
                    return now > descriptors + 400 ? "\(descriptors) → \(now)" : nil
                }
                #expect(grown == nil)
            }
        }

        @Test("what the server puts into its own folder is not followed by a warden that restarts")
        func socketRace() async throws {
            try await withServer { server in
                try await server.ready()
                let canary = try server.scratch.file("canary", "root's own")
                chmod(canary, 0o600)
                let run = server.scratch.data + "/run"
                var owner = stat()
                try #require(stat(run, &owner) == 0 && owner.st_uid != 0)
                let until = ContinuousClock.now + .seconds(8)
                // As the server could: links to root's file under every name, while wardens start.
                let attack = Task.detached {
                    while ContinuousClock.now < until, !Task.isCancelled {
                        for name in ["warden.sock", "port", "port.new"] {
                            let link = "\(run)/\(name)"
                            unlink(link)
                            symlink(canary, link)
                            lchown(link, owner.st_uid, owner.st_gid)
                        }
                    }
                }
                for _ in 0..<12 where ContinuousClock.now < until {
                    try await server.murder(.warden)
                }
                attack.cancel()
                await attack.value
                var found = stat()
                try #require(stat(canary, &found) == 0)
                #expect(found.st_uid == 0 && found.st_mode & 0o777 == 0o600)
                #expect(HostProcess.read(canary) == "root's own")
                try await server.ready()
            }
        }
    }
}
