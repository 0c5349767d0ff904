import CodeBoxCore
import CodeBoxSandbox

/// Sandboxes that are alike: those that wait, those that are being made, and the runs that wait for
/// one.
///
/// ``WarmPools`` decides for all pools together what to make and what to kill.
struct WarmPool {
    /// Where its sandboxes come from.
    enum Origin: Hashable {
        /// Their jobs' processes exec: there is no zygote, or it fails again and again.
        case exec
        /// The zygote is starting: sandboxes are made only for runs that wait.
        case awaited
        /// Their jobs' processes are forked from this zygote.
        case zygote(UInt64)

        /// The zygote's id; 0 if jobs' processes exec.
        var zygote: UInt64 {
            if case .zygote(let id) = self { id } else { 0 }
        }
    }

    struct Waiting: Hashable {
        let id: UInt64
        /// 0 if its job's process execs.
        let zygote: UInt64
        let sinceNs: UInt64
        let bytes: Int
    }

    struct Making: Hashable {
        let id: UInt64
        let zygote: UInt64
    }

    struct InLine: Hashable {
        let run: PoolRun
        let sinceNs: UInt64
    }

    let number: Int
    let key: WarmPoolKey
    /// Named by `keepWarm`.
    private(set) var isKept = false
    var origin = Origin.exec
    /// How many should wait.
    private(set) var target = 0
    /// The oldest first.
    private(set) var waiting: [Waiting] = []
    private(set) var making: [Making] = []
    private(set) var line: [InLine] = []
    private(set) var lastUsedNs: UInt64
    private(set) var backoff = Backoff(firstNs: 5_000_000, lastNs: 1_000_000_000)
    /// Memory of the sandboxes that wait.
    private(set) var bytes = 0
    /// Memory of one sandbox: an average of the last ones.
    private(set) var bytesEach = Self.guessedBytes
    /// How many of the next sandboxes for the line must exec: their forks have failed.
    private var owedExecs = 0
    private var wasEmpty = false
    /// When the pool last grew, shrank, or ran low.
    private var steadySinceNs: UInt64
    private var grownNs: UInt64 = 0

    private static let guessedBytes = 2 << 20
    /// A burst doubles a pool once, not with each of its runs.
    private static let growthPauseNs: UInt64 = 50_000_000

    init(number: Int, key: WarmPoolKey, now: UInt64) {
        self.number = number
        self.key = key
        lastUsedNs = now
        steadySinceNs = now
    }

    // MARK: How many

    func minimum(_ policy: WarmPoolPolicy) -> Int {
        isKept ? min(policy.minimum, policy.maximum) : 0
    }

    /// Runs in line for which no sandbox is being made.
    var unserved: Int { max(0, line.count - making.count) }
    /// Sandboxes that are being made, but not for a run in line.
    var spare: Int { max(0, making.count - line.count) }
    /// What counts against the memory budget.
    var count: Int { waiting.count + spare }
    var expectedBytes: Int { bytes + spare * bytesEach }

    mutating func keep(_ isKept: Bool, _ policy: WarmPoolPolicy, now: UInt64) {
        if self.isKept, !isKept { target = 0 }
        self.isKept = isKept
        if target < minimum(policy) {
            target = minimum(policy)
            steadySinceNs = now
        }
    }

    /// A run found it empty.
    mutating func grow(_ policy: WarmPoolPolicy, now: UInt64) {
        lastUsedNs = now
        steadySinceNs = now
        // One run alone is no demand, unless `keepWarm` names the pool.
        defer { wasEmpty = true }
        guard isKept || wasEmpty, target < policy.maximum else { return }
        guard grownNs == 0 || now >= grownNs + Self.growthPauseNs else { return }
        target = min(policy.maximum, max(1, 2 * target))
        grownNs = now
    }

    mutating func shrink(_ policy: WarmPoolPolicy, now: UInt64) {
        guard let due = shrinkNs(policy), due <= now else { return }
        target -= 1
        steadySinceNs = now
    }

    /// When the pool shrinks if nothing happens.
    func shrinkNs(_ policy: WarmPoolPolicy) -> UInt64? {
        guard target > minimum(policy) else { return nil }
        return steadySinceNs.adding(seconds: policy.shrinkAfterSeconds)
    }

    /// Wants no more sandboxes than there are: something that each of them takes is used up.
    mutating func stopGrowing(now: UInt64) {
        target = min(target, waiting.count)
        steadySinceNs = now
    }

    // MARK: Sandboxes

    /// A waiting sandbox for a run.
    mutating func draw(now: UInt64) -> Waiting? {
        guard !waiting.isEmpty else { return nil }
        lastUsedNs = now
        var index = 0
        if origin.zygote != 0 { index = waiting.firstIndex { $0.zygote != 0 } ?? 0 }
        let drawn = removeWaiting(at: index)
        if 2 * waiting.count < target { steadySinceNs = now }
        return drawn
    }

    mutating func removeWaiting(at index: Int) -> Waiting {
        let removed = waiting.remove(at: index)
        bytes -= removed.bytes
        return removed
    }

    /// The index of a sandbox to kill before any other: one that is too old, or that has no zygote
    /// though there is one now.
    func stale(_ policy: WarmPoolPolicy, now: UInt64) -> Int? {
        waiting.firstIndex { isStale($0, policy, now) }
    }

    func fresh(_ policy: WarmPoolPolicy, now: UInt64) -> Int {
        waiting.reduce(0) { $0 + (isStale($1, policy, now) ? 0 : 1) }
    }

    /// When the next sandbox becomes too old.
    func ageNs(_ policy: WarmPoolPolicy, now: UInt64) -> UInt64? {
        let times = waiting.lazy.map { $0.sinceNs.adding(seconds: policy.maximumAgeSeconds) }
        return times.first { $0 > now }
    }

    private func isStale(_ one: Waiting, _ policy: WarmPoolPolicy, _ now: UInt64) -> Bool {
        if one.sinceNs.adding(seconds: policy.maximumAgeSeconds) <= now { return true }
        return origin.zygote != 0 && one.zygote == 0
    }

    /// - Returns: the zygote of the next sandbox for the line; 0 if that execs.
    mutating func originForLine() -> UInt64 {
        if owedExecs > 0 {
            owedExecs -= 1
            return 0
        }
        return origin.zygote
    }

    mutating func makes(_ id: UInt64, zygote: UInt64) {
        making.append(Making(id: id, zygote: zygote))
    }

    mutating func removeMaking(_ id: UInt64) -> Making? {
        making.firstIndex { $0.id == id }.map { making.remove(at: $0) }
    }

    mutating func add(_ one: Waiting) {
        waiting.append(one)
        bytes += one.bytes
    }

    mutating func madeGoodOne(bytes: Int) {
        bytesEach = bytesEach == Self.guessedBytes ? bytes : (3 * bytesEach + bytes) / 4
        backoff.reset()
    }

    mutating func failed(now: UInt64) { backoff.fail(now) }

    /// A fork has failed: the sandbox that a run in line gets instead must exec.
    mutating func owesExec() { owedExecs = min(owedExecs + 1, unserved) }

    // MARK: Runs

    mutating func enqueue(_ run: PoolRun, now: UInt64) {
        line.append(InLine(run: run, sinceNs: now))
    }

    mutating func firstInLine() -> PoolRun? {
        guard !line.isEmpty else { return nil }
        let first = line.removeFirst()
        if line.isEmpty { owedExecs = 0 }
        return first.run
    }

    mutating func leave(_ run: UInt64) -> Bool {
        guard let index = line.firstIndex(where: { $0.run.id == run }) else { return false }
        line.remove(at: index)
        if line.isEmpty { owedExecs = 0 }
        return true
    }

    /// The warden is gone, and with it every sandbox.
    mutating func forget(now: UInt64) {
        waiting = []
        making = []
        line = []
        bytes = 0
        owedExecs = 0
        origin = .exec
        backoff.reset()
        steadySinceNs = now
    }
}
