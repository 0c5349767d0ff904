import CodeBoxCore
import CodeBoxSandbox

/// Sandboxes that are alike: those that wait, those in the making, and the runs that wait for one.
///
/// What to make and what to kill is decided for all pools together, by ``WarmPools``.
struct WarmPool {
    /// Where its sandboxes come from.
    enum Origin: Hashable {
        /// Their jobs' processes exec: it has no zygote, or one that fails again and again.
        case exec
        /// Its zygote is on its way up: none is made ahead, only for runs that wait.
        case awaited
        /// Forked from this one.
        case zygote(UInt64)

        /// 0: exec.
        var zygote: UInt64 {
            if case .zygote(let id) = self { id } else { 0 }
        }
    }

    struct Waiting: Hashable {
        let id: UInt64
        /// 0: its job's process execs.
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
    /// So many are to wait.
    private(set) var target = 0
    /// The oldest first.
    private(set) var waiting: [Waiting] = []
    private(set) var making: [Making] = []
    private(set) var line: [InLine] = []
    private(set) var lastUsedNs: UInt64
    private(set) var backoff = Backoff(firstNs: 5_000_000, lastNs: 1_000_000_000)
    /// Of the waiting ones.
    private(set) var bytes = 0
    /// What one takes: an average of the last ones.
    private(set) var bytesEach = Self.guessedBytes
    /// So many of the next ones for the line are to exec: their forks have failed.
    private var owedExecs = 0
    private var wasEmpty = false
    /// When it was last grown, shrunk, or drawn low.
    private var steadySinceNs: UInt64
    private var grownNs: UInt64 = 0

    private static let guessedBytes = 2 << 20
    /// A burst doubles a pool once, not at each of its runs.
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

    /// Runs in line for which nothing is in the making.
    var unserved: Int { max(0, line.count - making.count) }
    /// In the making, and for nobody in line.
    var spare: Int { max(0, making.count - line.count) }
    /// What the memory budget is to count.
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
        // One run alone is no demand, where nobody asked for the pool.
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

    /// When it shrinks if nothing happens.
    func shrinkNs(_ policy: WarmPoolPolicy) -> UInt64? {
        guard target > minimum(policy) else { return nil }
        return steadySinceNs.adding(seconds: policy.shrinkAfterSeconds)
    }

    /// No more than there are: something that each of them takes is used up.
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

    /// The index of one to kill before any other: too old, or without the zygote that is there now.
    func stale(_ policy: WarmPoolPolicy, now: UInt64) -> Int? {
        waiting.firstIndex { isStale($0, policy, now) }
    }

    func fresh(_ policy: WarmPoolPolicy, now: UInt64) -> Int {
        waiting.reduce(0) { $0 + (isStale($1, policy, now) ? 0 : 1) }
    }

    /// When the next one is too old.
    func ageNs(_ policy: WarmPoolPolicy, now: UInt64) -> UInt64? {
        let times = waiting.lazy.map { $0.sinceNs.adding(seconds: policy.maximumAgeSeconds) }
        return times.first { $0 > now }
    }

    private func isStale(_ one: Waiting, _ policy: WarmPoolPolicy, _ now: UInt64) -> Bool {
        if one.sinceNs.adding(seconds: policy.maximumAgeSeconds) <= now { return true }
        return origin.zygote != 0 && one.zygote == 0
    }

    /// - Returns: the zygote that one for the line is to be forked from; 0: exec.
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

    /// A fork has failed: what is made instead, for a run in line, is to exec.
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

    /// The warden is gone, and its sandboxes with it.
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
