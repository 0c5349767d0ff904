/// The runs that have no answer yet.
struct RunTable {
    /// How long a run waits for a warden that is being restarted, before it fails.
    private static let graceNs: UInt64 = 5_000_000_000

    /// By id: in a pool's line or in a sandbox.
    private var started: [UInt64: SandboxRun] = [:]
    /// Came while there was no warden, in that order.
    private var waiting: [SandboxRun] = []

    var isEmpty: Bool { started.isEmpty && waiting.isEmpty }
    var startedCount: Int { started.count }
    var allStarted: [SandboxRun] { Array(started.values) }

    subscript(id: UInt64) -> SandboxRun? { started[id] }

    mutating func start(_ run: SandboxRun) {
        started[run.id] = run
    }

    @discardableResult
    mutating func remove(_ id: UInt64) -> SandboxRun? {
        started.removeValue(forKey: id)
    }

    mutating func removeStarted() -> [SandboxRun] {
        defer { started = [:] }
        return Array(started.values)
    }

    // MARK: Waiting for a warden

    mutating func wait(_ run: SandboxRun, now: UInt64) {
        run.waitsSinceNs = now
        waiting.append(run)
    }

    /// - Returns: whether the run was waiting.
    mutating func stopWaiting(_ run: SandboxRun) -> Bool {
        guard let index = waiting.firstIndex(where: { $0 === run }) else { return false }
        waiting.remove(at: index)
        return true
    }

    mutating func removeWaiting() -> [SandboxRun] {
        defer { waiting = [] }
        return waiting
    }

    /// When ``removeExpired(_:)`` has something to do.
    var nextNs: UInt64? { waiting.first.map { $0.waitsSinceNs + Self.graceNs } }

    /// The runs that have waited for too long.
    mutating func removeExpired(_ now: UInt64) -> [SandboxRun] {
        let expired = waiting.prefix { $0.waitsSinceNs + Self.graceNs <= now }
        waiting.removeFirst(expired.count)
        return Array(expired)
    }
}
