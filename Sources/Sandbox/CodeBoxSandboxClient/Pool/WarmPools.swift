import CodeBoxSandbox

/// Decides what all warm pools of one client do. It is told what happens, and says what to ask of
/// the warden. It holds no descriptor and knows no thread and no clock.
///
/// Runs come by ``take(_:now:)``, sandboxes by ``ready(_:bytes:now:)``. Everything else waits for
/// ``plan(now:)``, off the runs' path. Times are nanoseconds of one monotonic clock.
struct WarmPools {
    let policy: WarmPoolPolicy
    /// How many sandboxes the machine can make at one time.
    let cores: Int
    /// How many sandboxes may wait in all pools together: each holds descriptors.
    let mostWaiting: Int

    var pools: [WarmPool] = []
    var roster: ZygoteRoster
    /// The statistics without `pools`, and without the counts of zygotes' starts.
    var counts = WarmPoolStatistics()
    /// The pools' numbers, by the ids of sandboxes that no run has yet.
    var places: [UInt64: Int] = [:]
    /// Runs that have their sandbox and have not ended.
    private(set) var running = 0
    /// When a run last got its sandbox, or ended.
    private(set) var lastActivityNs: UInt64 = 0
    /// No sandbox is made ahead before this time.
    private(set) var pausedUntilNs: UInt64 = 0
    var lastID: UInt64 = 0
    private var lastNumber = 0
    var isEnding = false
    /// Something has changed that concerns ``plan(now:)``.
    private var isDirty = true
    /// When ``plan(now:)`` must look again in any case.
    private var plannedNs: UInt64?

    static let shortagePauseNs: UInt64 = 10_000_000_000

    init(policy: WarmPoolPolicy, cores: Int, mostWaiting: Int) {
        self.policy = policy
        self.cores = max(1, cores)
        self.mostWaiting = mostWaiting
        roster = ZygoteRoster(policy: policy)
    }

    /// An id that no other sandbox or zygote of this client has.
    mutating func newID() -> UInt64 {
        lastID += 1
        return lastID
    }

    /// Keeps these pools from now on. Sandboxes of other pools that were kept are removed.
    mutating func keepWarm(_ keys: [WarmPoolKey], now: UInt64) {
        isDirty = true
        for index in pools.indices {
            pools[index].keep(keys.contains(pools[index].key), policy, now: now)
        }
        for key in keys where slot(of: key) == nil {
            pools[addPool(key, now)].keep(true, policy, now: now)
        }
        roster.keep(keys.compactMap { ZygoteName(of: $0) }, now: now)
    }

    // MARK: Zygotes

    /// - Parameter isRestless: whether small programs wake threads of the zygote's interpreter.
    mutating func zygoteIsUp(_ id: UInt64, isRestless: Bool = false, now: UInt64) {
        roster.isUp(id, isRestless: isRestless, now: now)
        isDirty = true
    }

    /// A zygote has died, or could not start.
    /// - Returns: false if it was no longer wanted.
    @discardableResult
    mutating func zygoteIsDown(_ id: UInt64, now: UInt64) -> Bool {
        isDirty = true
        return roster.isDown(id, now: now)
    }

    // MARK: Planning

    func isDue(_ now: UInt64) -> Bool {
        if isDirty { return true }
        return plannedNs.map { $0 <= now } ?? false
    }

    /// When ``isDue(_:)`` becomes true by the clock alone.
    var deadlineNs: UInt64? { isDirty ? 0 : plannedNs }

    /// What to ask of the warden now.
    mutating func plan(now: UInt64) -> [PoolOrder] {
        isDirty = false
        plannedNs = nil
        var orders: [PoolOrder] = []
        if isEnding {
            clear(&orders)
            return orders
        }
        orders = roster.plan(now: now, lastID: &lastID)
        for index in pools.indices {
            pools[index].origin = roster.origin(of: ZygoteName(of: pools[index].key))
        }
        tidy(now, &orders)
        serveLines(now, &orders)
        let refillNs = refill(now, &orders)
        plannedNs = nextDeadline(now, refillNs)
        return orders
    }

    /// Makes no more sandboxes, and removes those that wait.
    mutating func end() {
        isEnding = true
        isDirty = true
    }

    private mutating func clear(_ orders: inout [PoolOrder]) {
        for pool in pools {
            orders += pool.waiting.map { .kill($0.id) }
            orders += pool.making.map { .kill($0.id) }
        }
        for keeper in roster.keepers { orders += keeper.end() }
        roster.keep([], now: 0)
        roster.forget()
        pools = []
        places = [:]
    }

    /// The warden is gone, and with it every sandbox. Kept pools are filled again when it is back.
    /// - Returns: the runs that were in line.
    mutating func forget(now: UInt64) -> [PoolRun] {
        let runs = pools.flatMap { $0.line }.sorted { $0.sinceNs < $1.sinceNs }.map(\.run)
        roster.forget()
        pools.removeAll { !$0.isKept }
        for index in pools.indices { pools[index].forget(now: now) }
        places = [:]
        running = 0
        isDirty = true
        return runs
    }

    /// No descriptors are left for more sandboxes: those that wait are enough for some time.
    mutating func stopGrowing(now: UInt64) {
        pausedUntilNs = now + Self.shortagePauseNs
        for index in pools.indices { pools[index].stopGrowing(now: now) }
        isDirty = true
    }

    // MARK: Bookkeeping that the extensions share

    mutating func touch() { isDirty = true }

    /// A run has its sandbox.
    mutating func runBegins(_ now: UInt64) {
        running += 1
        lastActivityNs = now
        isDirty = true
    }

    /// A run that had its sandbox has ended.
    mutating func runEnded(now: UInt64) {
        running = max(0, running - 1)
        lastActivityNs = now
        isDirty = true
    }

    func slot(of key: WarmPoolKey) -> Int? {
        pools.firstIndex { $0.key == key }
    }

    func slot(number: Int) -> Int? {
        pools.firstIndex { $0.number == number }
    }

    mutating func addPool(_ key: WarmPoolKey, _ now: UInt64) -> Int {
        lastNumber += 1
        var pool = WarmPool(number: lastNumber, key: key, now: now)
        pool.origin = roster.origin(of: ZygoteName(of: key))
        pools.append(pool)
        return pools.count - 1
    }

    var statistics: WarmPoolStatistics {
        var statistics = counts
        statistics.zygoteStarts = roster.starts
        statistics.zygoteFailures = roster.failures
        statistics.zygotesRestless = roster.restless
        statistics.pools = pools.map { pool in
            var share = WarmPoolStatistics.Pool(
                image: pool.key.image, zygote: pool.key.zygote?.kind)
            share.waiting = pool.waiting.count
            share.making = pool.making.count
            share.target = pool.target
            share.memoryBytes = pool.bytes
            share.isZygoteUp = pool.origin.zygote != 0
            return share
        }
        return statistics
    }
}
