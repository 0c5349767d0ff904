import CodeBoxSandbox

/// All zygotes: those of the pools that are kept warm, and a few for other runs.
struct ZygoteRoster {
    let policy: WarmPoolPolicy
    private(set) var keepers: [ZygoteKeeper] = []
    private(set) var starts = 0
    private(set) var failures = 0
    /// Zygotes whose small programs wake threads of the interpreter.
    private(set) var restless = 0
    /// Zygotes that runs asked for once lately, and that were not started.
    private var seen: [(name: ZygoteName, atNs: UInt64)] = []
    /// Orders that end zygotes which are no longer needed.
    private var drops: [PoolOrder] = []

    /// The most zygotes beside those of pools that are kept warm. The one that was not used for the
    /// longest time is ended first.
    static let mostUnkept = 4
    /// A zygote that is not kept is started when it is used twice within so long.
    static let secondUseNs: UInt64 = 60_000_000_000
    /// It is ended when it was not used for so long.
    static let idleNs: UInt64 = 600_000_000_000
    private static let mostSeen = 64

    init(policy: WarmPoolPolicy) {
        self.policy = policy
    }

    /// Where a pool's sandboxes come from now.
    func origin(of name: ZygoteName?) -> WarmPool.Origin {
        guard let name, let keeper = keepers.first(where: { $0.name == name }) else {
            return .exec
        }
        return keeper.origin
    }

    func has(_ name: ZygoteName) -> Bool {
        keepers.contains { $0.name == name }
    }

    /// Keeps these zygotes from now on, and ends others that were kept.
    mutating func keep(_ names: [ZygoteName], now: UInt64) {
        for index in keepers.indices.reversed() {
            if names.contains(keepers[index].name) {
                keepers[index].isKept = true
            } else if keepers[index].isKept {
                remove(at: index)
            }
        }
        for name in names where !has(name) {
            keepers.append(ZygoteKeeper(name: name, isKept: true, now: now))
        }
    }

    /// Notes that a run could have been forked from this zygote.
    mutating func use(_ name: ZygoteName, now: UInt64) {
        if let index = keepers.firstIndex(where: { $0.name == name }) {
            keepers[index].lastUsedNs = now
            return
        }
        seen.removeAll { $0.atNs + Self.secondUseNs <= now }
        guard let index = seen.firstIndex(where: { $0.name == name }) else {
            if seen.count == Self.mostSeen { seen.removeFirst() }
            seen.append((name, now))
            return
        }
        seen.remove(at: index)
        let unkept = keepers.indices.filter { !keepers[$0].isKept }
        if unkept.count >= Self.mostUnkept,
            let oldest = unkept.min(by: { keepers[$0].lastUsedNs < keepers[$1].lastUsedNs })
        {
            remove(at: oldest)
        }
        keepers.append(ZygoteKeeper(name: name, isKept: false, now: now))
    }

    mutating func isUp(_ id: UInt64, isRestless: Bool, now: UInt64) {
        let isKnown = update(id) { $0.isUp(id, isRestless: isRestless, now: now) }
        if isKnown, isRestless { restless += 1 }
    }

    /// - Returns: false if it was no longer wanted.
    mutating func isDown(_ id: UInt64, now: UInt64) -> Bool {
        let isKnown = update(id) { $0.isDown(id, now: now) }
        if isKnown { failures += 1 }
        return isKnown
    }

    mutating func forks(_ id: UInt64) {
        update(id) { $0.forks(id) }
    }

    /// A sandbox of the zygote is ready.
    mutating func forkSucceeded(_ id: UInt64) {
        update(id) {
            $0.forked(id)
            $0.forkSucceeded(id)
        }
    }

    /// - Parameter isItsFault: whether the zygote did not fork; if false, something else has
    ///   failed.
    mutating func forkFailed(_ id: UInt64, isItsFault: Bool, now: UInt64) {
        var isGivenUp = false
        update(id) {
            $0.forked(id)
            if isItsFault { isGivenUp = $0.forkFailed(id, now: now) }
        }
        if isGivenUp { failures += 1 }
    }

    mutating func plan(now: UInt64, lastID: inout UInt64) -> [PoolOrder] {
        for index in keepers.indices.reversed()
        where !keepers[index].isKept && keepers[index].lastUsedNs + Self.idleNs <= now {
            remove(at: index)
        }
        var orders = drops
        drops = []
        for index in keepers.indices {
            for order in keepers[index].plan(policy, now: now, lastID: &lastID) {
                if case .startZygote = order { starts += 1 }
                orders.append(order)
            }
        }
        return orders
    }

    /// When ``plan(now:lastID:)`` has something to do by the clock alone.
    var deadline: UInt64? {
        var next: UInt64?
        for keeper in keepers {
            let idle = keeper.isKept ? nil : keeper.lastUsedNs + Self.idleNs
            for time in [keeper.deadline(policy), idle] {
                if let time { next = min(next ?? time, time) }
            }
        }
        return next
    }

    /// The warden is gone: kept zygotes are started again when it is back.
    mutating func forget() {
        keepers.removeAll { !$0.isKept }
        for index in keepers.indices { keepers[index].forget() }
        drops = []
    }

    private mutating func remove(at index: Int) {
        drops += keepers.remove(at: index).end()
    }

    @discardableResult
    private mutating func update(_ id: UInt64, _ body: (inout ZygoteKeeper) -> Void) -> Bool {
        guard let index = keepers.firstIndex(where: { $0.owns(id) }) else { return false }
        body(&keepers[index])
        return true
    }
}
