import CodeBoxSandbox
import CodeBoxCore

// What runs, and sandboxes that no run has yet, do to the pools.
extension WarmPools {
    /// A waiting sandbox for the run; nil if the run must wait in line.
    mutating func take(_ run: PoolRun, now: UInt64) -> Handover? {
        if let first = slot(of: run.pools[0]), let handover = draw(first, for: run, now) {
            if !pools[first].isKept { noteUse(of: run, now) }
            return handover
        }
        noteUse(of: run, now)
        // A new fork is ready sooner than an interpreter that starts.
        if !isZygoteUp(of: run.pools[0]) {
            for key in run.pools.dropFirst() {
                if let other = slot(of: key), let handover = draw(other, for: run, now) {
                    return handover
                }
            }
        }
        let key = lineKey(of: run)
        let index = slot(of: key) ?? addPool(key, now)
        pools[index].grow(policy, now: now)
        pools[index].enqueue(run, now: now)
        touch()
        return nil
    }

    /// A sandbox for a run that names no pool.
    mutating func makeForOne(now: UInt64) -> UInt64 {
        counts.coldRuns += 1
        runBegins(now)
        return newID()
    }

    /// The run no longer waits.
    /// - Returns: false if it was in no line.
    mutating func cancel(_ run: UInt64) -> Bool {
        for index in pools.indices where pools[index].leave(run) {
            touch()
            return true
        }
        return false
    }

    /// All layers of a sandbox are on: the first run in line gets it, or it waits.
    mutating func ready(_ id: UInt64, bytes: Int, now: UInt64) -> Handover? {
        guard let number = places[id], let index = slot(number: number),
            let made = pools[index].removeMaking(id)
        else { return nil }
        touch()
        if made.zygote != 0 { roster.forkSucceeded(made.zygote) }
        pools[index].madeGoodOne(bytes: bytes)
        let one = WarmPool.Waiting(id: id, zygote: made.zygote, sinceNs: now, bytes: bytes)
        guard let run = pools[index].firstInLine() else {
            pools[index].add(one)
            return nil
        }
        return hand(one, of: index, to: run, isCold: true, now)
    }

    /// A sandbox has ended before a run got it.
    /// - Parameter byZygote: its zygote did not fork. Another sandbox is made instead.
    mutating func failed(_ id: UInt64, byZygote: Bool, now: UInt64) -> PoolFailure {
        guard let number = places.removeValue(forKey: id), let index = slot(number: number) else {
            return .ignored
        }
        touch()
        guard let made = pools[index].removeMaking(id) else {
            if let place = pools[index].waiting.firstIndex(where: { $0.id == id }) {
                _ = pools[index].removeWaiting(at: place)
            }
            return backOff(index, now)
        }
        let isItsFault = byZygote && made.zygote != 0
        if made.zygote != 0 {
            roster.forkFailed(made.zygote, isItsFault: isItsFault, now: now)
        }
        if isItsFault {
            pools[index].owesExec()
            return .ignored
        }
        if let run = pools[index].firstInLine() {
            _ = backOff(index, now)
            return .run(run.id)
        }
        return backOff(index, now)
    }

    private mutating func backOff(_ index: Int, _ now: UInt64) -> PoolFailure {
        pools[index].failed(now: now)
        return pools[index].backoff.failures == 1 ? .worthTelling : .ignored
    }

    private mutating func draw(_ index: Int, for run: PoolRun, _ now: UInt64) -> Handover? {
        guard let one = pools[index].draw(now: now) else { return nil }
        return hand(one, of: index, to: run, isCold: false, now)
    }

    private mutating func hand(
        _ one: WarmPool.Waiting, of index: Int, to run: PoolRun, isCold: Bool, _ now: UInt64
    ) -> Handover {
        places[one.id] = nil
        runBegins(now)
        if isCold { counts.coldRuns += 1 } else { counts.warmRuns += 1 }
        var isForked = false
        if run.mayFork, let wanted = run.pools[0].zygote {
            isForked = one.zygote != 0 && pools[index].key.zygote?.serves(wanted) == true
            if isForked {
                counts.forkedRuns += 1
            } else if roster.has(ZygoteName(image: run.pools[0].image, setting: wanted)) {
                counts.zygoteFallbacks += 1
            }
        }
        return Handover(run: run.id, sandbox: one.id, isCold: isCold, isForked: isForked)
    }

    /// Starts a zygote that `keepWarm` does not name when runs use it a second time.
    private mutating func noteUse(of run: PoolRun, _ now: UInt64) {
        guard run.mayFork, let name = ZygoteName(of: run.pools[0]) else { return }
        let had = roster.has(name)
        roster.use(name, now: now)
        if !had { touch() }
    }

    private func isZygoteUp(of key: WarmPoolKey) -> Bool {
        roster.origin(of: ZygoteName(of: key)).zygote != 0
    }

    /// The pool whose next sandbox the run gets: the first whose zygote can fork, or else the first
    /// that has a zygote or needs none.
    private func lineKey(of run: PoolRun) -> WarmPoolKey {
        if run.mayFork, let wanted = run.pools[0].zygote,
            let up = run.pools.first(where: {
                $0.zygote?.serves(wanted) == true && isZygoteUp(of: $0)
            })
        {
            return up
        }
        let fitting = run.pools.first { key in
            ZygoteName(of: key).map { roster.has($0) } ?? true
        }
        return fitting ?? run.pools[0]
    }
}
