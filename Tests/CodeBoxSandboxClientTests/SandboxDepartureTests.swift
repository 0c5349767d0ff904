import CodeBoxSandboxClient
import SandboxTestSupport
import CodeBoxCore
import CodeBoxSandbox
import Foundation
import Glibc
import Synchronization
import Testing

@Suite("When a sandbox is gone", .serialized, .timeLimit(.minutes(2)))
struct SandboxDepartureTests {
    /// How often it was told, and who of a warden's sandboxes was there then.
    private final class Departures: Sendable {
        private let state = Mutex((count: 0, left: [pid_t]()))

        var count: Int { state.withLock { $0.count } }
        var left: [pid_t] { state.withLock { $0.left } }

        func note(_ left: [pid_t] = []) {
            state.withLock {
                $0.count += 1
                $0.left += left
            }
        }

        /// Waits, 10 s at most, for the first.
        func first() async throws {
            for _ in 0..<1000 where count == 0 {
                try await Task.sleep(for: .milliseconds(10))
            }
            // And for a second, which must not come.
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    /// It has its name once it has exec'ed.
    private func warden() async throws -> pid_t {
        for _ in 0..<500 {
            // A look at every process of a busy machine takes a while: the first that finds it is
            // the last.
            if let warden = Wardens.ofThisProcess().last { return warden }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw SandboxProbe.Failure(what: "there is no warden", errno: 0)
    }

    private func run(
        _ client: WardenClient, _ script: String, image: String? = nil,
        until stop: StopSignal = StopSignal()
    ) async throws -> Departures {
        let spec = SandboxSpec(image: try image ?? Support.digest("bash"), limits: .standard)
        let warden = try await warden()
        let departures = Departures()
        _ = try? await client.run(
            Support.bash(script), in: spec, until: stop, onOutput: nil,
            whenGone: {
                departures.note(
                    Wardens.processes { $0.hasPrefix("codebox-init") }
                        .filter { Wardens.parent(of: $0) == warden })
            })
        return departures
    }

    @Test(
        "it is told once, and PID 1 is reaped by then",
        arguments: ["true", "exit 3", "kill -9 $$", "sleep 60 & disown; echo left"])
    func once(script: String) async throws {
        try await Support.withWarden { client in
            let departures = try await run(client, script)
            try await departures.first()
            #expect(departures.count == 1)
            #expect(departures.left.isEmpty)
        }
    }

    @Test("it is told where there was no sandbox at all")
    func withoutSandbox() async throws {
        try await Support.withWarden { client in
            for image in ["no digest", String(repeating: "0", count: 64)] {
                let departures = try await run(client, "true", image: image)
                try await departures.first()
                #expect(departures.count == 1, "\(image)")
            }
            let stop = StopSignal()
            stop.fire(.canceled)
            let departures = try await run(client, "sleep 60", until: stop)
            try await departures.first()
            #expect(departures.count == 1)
        }
    }

    @Test("it is told when the warden dies")
    func wardenKilled() async throws {
        try await Support.withWarden { client in
            let warden = try await warden()
            async let departures = run(client, "sleep 60")
            for _ in 0..<500 {
                let inits = Wardens.processes { $0.hasPrefix("codebox-init") }
                if inits.contains(where: { Wardens.parent(of: $0) == warden }) { break }
                try await Task.sleep(for: .milliseconds(10))
            }
            kill(warden, SIGKILL)
            let told = try await departures
            try await told.first()
            #expect(told.count == 1)
        }
    }
}
