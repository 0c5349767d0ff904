import CodeBoxSandbox

/// All warm pools of one client, as values: it is told what happens and says what the warden is to
/// be asked for. It holds no descriptor, knows no thread and no clock.
///
/// Runs come by ``take(_:now:)``, sandboxes by ``ready(_:bytes:now:)``; whatever else is to be done
/// waits for ``plan(now:)``, off the runs' path. Times are nanoseconds of one monotonic clock.
struct WarmPools {
    let policy: WarmPoolPolicy
    /// What the machine can make at one time.
    let cores: Int
    /// Waiting ones of all pools: each holds descriptors.
    let mostWaiting: Int

    var pools: [WarmPool] = []
    var roster: ZygoteRoster
    /// All but `pools`, `zygoteStarts` and `zygoteFailures`.
    var counts = WarmPoolStatistics()
    /// Numbers of the pools, by the ids of their sandboxes that are not handed over.
    var places: [UInt64: Int] = [:]
    /// Runs that have their sandbox and have not ended.
    private(set) var running = 0
    /// A run was handed its sandbox, or ended.
    private(set) var lastActivityNs: UInt64 = 0
    /// Nothing is made ahead until then.
    private(set) var pausedUntilNs: UInt64 = 0
    var lastID: UInt64 = 0
    private var lastNumber = 0
    var isEnding = false
    /// Something has changed that ``plan(now:)`` should look at.
    private var isDirty = true
    /// When it should look again in any case.
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

    /// Keeps these pools from now on; the sandboxes of those that were kept until now go.
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

    mutating func zygoteIsUp(_ id: UInt64, now: UInt64) {
        roster.isUp(id, now: now)
        isDirty = true
    }

    /// It died, or could not start.
    /// - Returns: false if it was not wanted any more.
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

    /// When ``isDue(_:)`` comes true by the clock alone.
    var deadlineNs: UInt64? { isDirty ? 0 : plannedNs }

    /// What the warden is to be asked for now.
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

    /// Nothing is made any more, and what waits goes.
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

    /// The warden is gone with all it had; kept pools are filled anew when it is back.
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

    /// There are no descriptors left for more: what waits is enough, for some time.
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
