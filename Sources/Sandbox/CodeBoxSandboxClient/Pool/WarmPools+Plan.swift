import CodeBoxSandbox
import CodeBoxCore

// What to make, and what to kill.
extension WarmPools {
    /// No sandbox is made ahead for so long after a run begins or ends, unless its pool runs low:
    /// the run needs the warden and the cores then.
    static let quietNs: UInt64 = 1_500_000
    /// The same while runs go on. Most end before: a sandbox that is being made when a run ends
    /// has the warden wait for the kernel, and the run's end waits for the warden.
    static let busyQuietNs: UInt64 = 5_000_000
    /// How many more sandboxes than cores are made at one time: some of them wait for the kernel.
    static let extraMaking = 2
    /// A pool that `keepWarm` does not name is removed when it was not used for so long.
    static let idleNs: UInt64 = 60_000_000_000
    private static let secondNs: UInt64 = 1_000_000_000

    var mostMaking: Int { cores + Self.extraMaking }

    /// Shrinks pools and kills the sandboxes that are too many, stale ones first.
    mutating func tidy(_ now: UInt64, _ orders: inout [PoolOrder]) {
        for index in pools.indices.reversed() {
            pools[index].shrink(policy, now: now)
            if pausedUntilNs <= now { pools[index].keep(pools[index].isKept, policy, now: now) }
            while pools[index].waiting.count > pools[index].target {
                kill(pools[index].stale(policy, now: now) ?? 0, of: index, &orders)
            }
            let pool = pools[index]
            guard isUnused(pool), pool.lastUsedNs + Self.idleNs <= now else { continue }
            for one in pool.waiting {
                places[one.id] = nil
                orders.append(.kill(one.id))
            }
            pools.remove(at: index)
        }
    }

    private func isUnused(_ pool: WarmPool) -> Bool {
        !pool.isKept && pool.line.isEmpty && pool.making.isEmpty
    }

    /// Makes sandboxes for the runs in line, for the run that came first before others.
    ///
    /// Made all at once, they would only keep each other from the cores: the rest is made when
    /// these are ready.
    mutating func serveLines(_ now: UInt64, _ orders: inout [PoolOrder]) {
        var making = pools.reduce(0) { $0 + $1.making.count }
        while making < mostMaking {
            let unserved = pools.indices.filter { pools[$0].unserved > 0 }
            let next = unserved.min { sinceNs($0) < sinceNs($1) }
            guard let index = next else { return }
            make(index, zygote: pools[index].originForLine(), &orders)
            making += 1
        }
    }

    private func sinceNs(_ index: Int) -> UInt64 {
        pools[index].line[pools[index].making.count].sinceNs
    }

    /// Makes sandboxes ahead, until each pool has its target.
    /// - Returns: when to look again; nil if there is no need to.
    mutating func refill(_ now: UInt64, _ orders: inout [PoolOrder]) -> UInt64? {
        guard policy.maximum > 0 else { return nil }
        var making = pools.reduce(0) { $0 + $1.making.count }
        var spare = pools.reduce(0) { $0 + $1.spare }
        var count = pools.reduce(0) { $0 + $1.count }
        let isBusy = running > 0 || pools.contains { !$0.line.isEmpty }
        var later: UInt64?
        var candidates: [Int] = []
        for index in pools.indices where missing(index, now) > 0 {
            let notBefore = refillNs(index, now, isBusy: isBusy)
            if notBefore <= now {
                candidates.append(index)
            } else {
                later = min(later ?? notBefore, notBefore)
            }
        }
        while spare < (isBusy ? 1 : cores), making < mostMaking, count < mostWaiting,
            let index = neediest(candidates)
        {
            if makeRoom(for: index, now, &orders) {
                make(index, zygote: pools[index].origin.zygote, &orders)
                making += 1
                spare += 1
                count += 1
            } else {
                candidates.removeAll { $0 == index }
            }
            candidates.removeAll { missing($0, now) <= 0 }
        }
        return later
    }

    private func missing(_ index: Int, _ now: UInt64) -> Int {
        let pool = pools[index]
        // The zygote will be up soon, and forks start faster.
        if pool.origin == .awaited { return 0 }
        return pool.target - pool.fresh(policy, now: now) - pool.spare
    }

    private func refillNs(_ index: Int, _ now: UInt64, isBusy: Bool) -> UInt64 {
        let pool = pools[index]
        let enough = isBusy ? pool.target / 4 : pool.target / 2
        let pauseNs = running > 0 ? Self.busyQuietNs : Self.quietNs
        let quietNs = pool.count > enough ? lastActivityNs + pauseNs : 0
        return max(quietNs, pool.backoff.retryAtNs, pausedUntilNs)
    }

    /// The pool that lacks most of its minimum; if none lacks any, the one with least memory.
    private func neediest(_ candidates: [Int]) -> Int? {
        candidates.min { need(of: $0) < need(of: $1) }
    }

    private func need(of index: Int) -> (Int, Double) {
        let pool = pools[index]
        let minimum = pool.minimum(policy)
        if pool.count < minimum { return (0, Double(pool.count) / Double(minimum)) }
        return (1, Double(pool.expectedBytes))
    }

    private mutating func make(_ index: Int, zygote: UInt64, _ orders: inout [PoolOrder]) {
        let id = newID()
        places[id] = pools[index].number
        pools[index].makes(id, zygote: zygote)
        if zygote != 0 { roster.forks(zygote) }
        orders.append(.make(id, pools[index].key, zygote: zygote))
    }

    mutating func kill(_ place: Int, of index: Int, _ orders: inout [PoolOrder]) {
        let one = pools[index].removeWaiting(at: place)
        places[one.id] = nil
        orders.append(.kill(one.id))
    }

    /// When to plan again if nothing happens. Housekeeping falls on whole seconds, so that an idle
    /// client wakes seldom.
    func nextDeadline(_ now: UInt64, _ refillNs: UInt64?) -> UInt64? {
        var next = [refillNs, roster.deadline].compactMap { $0 }.min()
        var housekeeping: UInt64?
        func consider(_ time: UInt64?) {
            if let time { housekeeping = min(housekeeping ?? time, time) }
        }
        for pool in pools {
            consider(pool.ageNs(policy, now: now))
            consider(pool.shrinkNs(policy))
            if isUnused(pool) { consider(pool.lastUsedNs + Self.idleNs) }
            if pausedUntilNs > now, pool.target < pool.minimum(policy) { consider(pausedUntilNs) }
        }
        if let time = housekeeping, time < .max - Self.secondNs {
            let rounded = (time + Self.secondNs - 1) / Self.secondNs * Self.secondNs
            next = min(next ?? rounded, rounded)
        }
        return next
    }
}
