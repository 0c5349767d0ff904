import CodeBoxCore
import CodeBoxSandbox

/// Keeps one zygote up: starts it, restarts it when it dies, and replaces it when it is old or
/// restless.
struct ZygoteKeeper {
    /// A zygote that can be forked.
    struct Live: Hashable {
        let id: UInt64
        let upNs: UInt64
        /// Small programs wake threads of its interpreter, and take longer.
        let isRestless: Bool
        var forks = 0
    }

    let name: ZygoteName
    /// Its pool is kept warm. If not, the zygote is ended when it is not used.
    var isKept: Bool
    var lastUsedNs: UInt64
    private(set) var current: Live?
    /// The zygote that is starting: the first one, or the one that replaces `current`.
    private(set) var starting: UInt64?
    /// Replaced zygotes from which sandboxes are still being made.
    private var retired: [UInt64] = []
    /// How many sandboxes are being made, by zygote.
    private var making: [UInt64: Int] = [:]
    private var backoff = Backoff(firstNs: 100_000_000, lastNs: 30_000_000_000)
    private var failedForks = 0
    /// How many zygotes in a row came up restless.
    private var restlessInARow = 0

    /// A zygote that was up for so long did not fail in its start.
    private static let provenNs: UInt64 = 60_000_000_000
    /// After so many failed forks in a row, the zygote is given up.
    private static let mostFailedForks = 3
    /// After so many restless zygotes in a row, the last one is kept: a start takes a second or two
    /// of CPU, and this image's interpreter may always be so.
    private static let mostRestless = 3

    init(name: ZygoteName, isKept: Bool, now: UInt64) {
        self.name = name
        self.isKept = isKept
        lastUsedNs = now
    }

    /// Where sandboxes of its pools come from now.
    var origin: WarmPool.Origin {
        if let current { return .zygote(current.id) }
        // After one failure runs wait for the restart; after repeated failures they exec instead.
        return backoff.failures < 2 ? .awaited : .exec
    }

    func owns(_ id: UInt64) -> Bool {
        current?.id == id || starting == id || retired.contains(id)
    }

    mutating func isUp(_ id: UInt64, isRestless: Bool, now: UInt64) {
        guard starting == id else { return }
        starting = nil
        retireCurrent()
        current = Live(id: id, upNs: now, isRestless: isRestless)
        restlessInARow = isRestless ? restlessInARow + 1 : 0
        failedForks = 0
    }

    /// The zygote has died, or could not start.
    mutating func isDown(_ id: UInt64, now: UInt64) {
        making[id] = nil
        if let index = retired.firstIndex(of: id) {
            retired.remove(at: index)
        } else if starting == id {
            starting = nil
            backoff.fail(now)
        } else if current?.id == id {
            noteEnd(now)
        }
    }

    mutating func forks(_ id: UInt64) {
        making[id, default: 0] += 1
        if current?.id == id { current?.forks += 1 }
    }

    /// A sandbox that was being made is ready, or has failed.
    mutating func forked(_ id: UInt64) {
        if let count = making[id] { making[id] = count > 1 ? count - 1 : nil }
    }

    mutating func forkSucceeded(_ id: UInt64) {
        if current?.id == id { failedForks = 0 }
    }

    /// - Returns: true if the zygote is given up for it.
    mutating func forkFailed(_ id: UInt64, now: UInt64) -> Bool {
        guard current?.id == id else { return false }
        failedForks += 1
        guard failedForks >= Self.mostFailedForks else { return false }
        retired.append(id)
        making[id] = nil
        noteEnd(now)
        return true
    }

    private mutating func noteEnd(_ now: UInt64) {
        if let current, now >= current.upNs + Self.provenNs { backoff.reset() }
        current = nil
        failedForks = 0
        backoff.fail(now)
    }

    private mutating func retireCurrent() {
        if let current { retired.append(current.id) }
        current = nil
    }

    /// Drops replaced zygotes, and starts one if it is due.
    mutating func plan(_ policy: WarmPoolPolicy, now: UInt64, lastID: inout UInt64) -> [PoolOrder] {
        var orders: [PoolOrder] = []
        retired.removeAll { id in
            guard making[id] == nil else { return false }
            orders.append(.dropZygote(id))
            return true
        }
        if starting == nil, backoff.retryAtNs <= now, isDue(policy, now) {
            lastID += 1
            starting = lastID
            orders.append(.startZygote(lastID, name))
        }
        return orders
    }

    private func isDue(_ policy: WarmPoolPolicy, _ now: UInt64) -> Bool {
        guard let current, !isReplaced(current) else { return true }
        return current.forks >= policy.zygoteForks
            || now >= current.upNs.adding(seconds: policy.zygoteSeconds)
    }

    /// Whether a zygote that works is replaced at once, in the hope of a better one.
    private func isReplaced(_ zygote: Live) -> Bool {
        zygote.isRestless && restlessInARow < Self.mostRestless
    }

    /// When ``plan(_:now:lastID:)`` has something to do by the clock alone.
    func deadline(_ policy: WarmPoolPolicy) -> UInt64? {
        guard starting == nil else { return nil }
        guard let current, !isReplaced(current) else { return backoff.retryAtNs }
        return max(backoff.retryAtNs, current.upNs.adding(seconds: policy.zygoteSeconds))
    }

    /// Ends all of its zygotes. Processes that were forked from them go on.
    func end() -> [PoolOrder] {
        let all = retired + [current?.id, starting].compactMap { $0 }
        return all.map { .dropZygote($0) }
    }

    /// The warden is gone, and its zygotes with it.
    mutating func forget() {
        self = ZygoteKeeper(name: name, isKept: isKept, now: lastUsedNs)
    }
}
