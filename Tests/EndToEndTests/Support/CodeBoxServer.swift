import AsyncHTTPClient
import Foundation
import Glibc
import NIOCore
import Synchronization

/// A running `codebox serve` with a separate data directory.
final class CodeBoxServer: Sendable {
    enum Part: String, Sendable {
        case server, warden

        func isPlayed(by process: HostProcess) -> Bool {
            switch self {
            case .server: process.arguments.dropFirst().first == "server"
            case .warden: process.arguments.first == "codebox-warden"
            }
        }
    }

    struct Failed: Error, CustomStringConvertible {
        var description: String
    }

    let scratch: Scratch
    let process: ChildProcess
    let api: APIClient
    /// The state of the machine before the server started.
    let before: HostState
    /// Whom the server belongs to; nil: the user who runs the tests.
    private let user: OrdinaryUser?
    private let http: HTTPClient
    private let isHTTPOpen = Mutex(true)

    /// Starts the server and returns once it prints that it listens.
    /// - Parameters:
    ///   - user: whom it belongs to; nil: the user of this run.
    ///   - leaking: a descriptor it is given to inherit, which no job may see.
    init(
        scratch: Scratch? = nil, arguments: [String] = [], environment: [String: String] = [:],
        user: OrdinaryUser? = nil, leaking descriptor: Int32? = nil
    ) async throws {
        let scratch = try scratch ?? Scratch()
        let user = try user ?? Installation.user.map { try OrdinaryUser(uid: $0) }
        self.user = user
        before = HostState.now(of: scratch)
        let base = Installation.environment(scratch: scratch.path)
        let words =
            ["serve", "--host", "127.0.0.1", "--port", "0", "--data-dir", scratch.data] + arguments
        if let user { scratch.give(to: user.uid) }
        let command =
            user?.command(words, in: scratch.path)
            ?? (path: Installation.binary, arguments: words)
        let process = try ChildProcess(
            command.path, command.arguments,
            environment: base.merging(environment) { $1 },
            inherited: descriptor.map { [$0] } ?? [])
        guard let port = await Self.port(in: process, line: 1, within: .seconds(20)) else {
            process.send(SIGKILL)
            _ = await process.wait(within: .seconds(5))
            throw Failed(
                description: "codebox serve did not say that it listens:\n"
                    + process.stdout.text + process.stderr.text)
        }
        var configuration = HTTPClient.Configuration()
        configuration.timeout = .init(connect: .seconds(5), read: .seconds(60))
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 64
        http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        api = APIClient(base: "http://127.0.0.1:\(port)", http: http)
        self.scratch = scratch
        self.process = process
    }

    /// Ends a server that a failed test left running.
    deinit {
        closeClient()
        process.send(SIGKILL)
    }

    /// The process that has the part now; nil if there is none.
    func part(_ part: Part) -> HostProcess? {
        HostProcess.descendants(of: process.pid).first {
            $0.parent == process.pid && part.isPlayed(by: $0)
        }
    }

    /// `kill -9`; returns once the process is gone and another plays its part.
    func murder(_ part: Part) async throws {
        guard let victim = self.part(part) else {
            throw Failed(description: "there is no \(part.rawValue) below \(process.pid)")
        }
        kill(victim.pid, SIGKILL)
        let missing = await remaining(after: .seconds(15)) {
            let now = self.part(part)
            return now == nil || now?.pid == victim.pid ? "no new \(part.rawValue)" : nil
        }
        if let missing { throw Failed(description: missing + log) }
    }

    /// Returns once `/readyz` answers 200; fails after 20 seconds.
    func ready() async throws {
        let answer = await remaining(after: .seconds(20)) { () -> String? in
            do {
                let answer = try await self.api.send("GET", "/readyz", timeout: .seconds(5))
                return answer.status == 200 ? nil : answer.text
            } catch {
                return "\(error)"
            }
        }
        if let answer { throw Failed(description: "not ready: \(answer)\n\(log)") }
    }

    /// SIGTERM; everything must be gone when this returns.
    func stop() async throws {
        closeClient()
        process.send(SIGTERM)
        guard let exit = await process.wait(within: .seconds(40)) else {
            await kill9()
            throw Failed(description: "codebox serve ignored SIGTERM\n\(log)")
        }
        guard exit == .code(0) else {
            throw Failed(description: "codebox serve ended with \(exit)\n\(log)")
        }
    }

    /// `kill -9` of the whole thing's first process.
    func kill9() async {
        closeClient()
        process.send(SIGKILL)
        _ = await process.wait(within: .seconds(10))
    }

    /// Ends the tests' own connections, so that the server's descriptors can be counted.
    func closeClient() {
        let wasOpen = isHTTPOpen.withLock { isOpen in
            defer { isOpen = false }
            return isOpen
        }
        if wasOpen { try? http.syncShutdown() }
    }

    var log: String {
        "\n--- server's log ---\n" + (process.stdout.text + process.stderr.text).suffix(4000)
    }

    /// The port named in the n-th line that says it listens.
    private static func port(in process: ChildProcess, line: Int, within limit: Duration) async
        -> Int?
    {
        let seen = Latch<Bool>()
        for stream in [process.stdout, process.stderr] {
            Task {
                let found = await stream.wait(within: limit) { ports(in: $0).count >= line }
                if found || process.hasExited { seen.set(found) }
            }
        }
        _ = await seen.value(within: limit)
        return (ports(in: process.stdout.text) + ports(in: process.stderr.text)).dropFirst(line - 1)
            .first
    }

    private static func ports(in text: String) -> [Int] {
        text.matches(of: #/codebox: listening on http://127\.0\.0\.1:(\d+)\s/#).compactMap {
            Int($0.output.1)
        }
    }
}
