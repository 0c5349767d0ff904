import CodeBoxSandbox

// The memory that waiting sandboxes share.
extension WarmPools {
    /// Makes room for one more sandbox of a pool: kills stale ones of the pool, or one of a richer
    /// pool.
    /// - Returns: false if the budget has no room for it.
    mutating func makeRoom(for index: Int, _ now: UInt64, _ orders: inout [PoolOrder]) -> Bool {
        while expectedBytes + pools[index].bytesEach > policy.memoryBytes {
            if let stale = pools[index].stale(policy, now: now) {
                kill(stale, of: index, &orders)
            } else if let richer = richer(than: index) {
                kill(0, of: richer, &orders)
            } else {
                return false
            }
        }
        return true
    }

    private var expectedBytes: Int {
        pools.reduce(0) { $0 + $1.expectedBytes }
    }

    /// A pool that must give up a sandbox for another pool, which is then no richer: no two pools
    /// take the same room from each other in turn.
    private func richer(than index: Int) -> Int? {
        let poor = pools[index]
        let lacksMinimum = poor.count < poor.minimum(policy)
        let givers = pools.indices.filter { other in
            let pool = pools[other]
            guard other != index, !pool.waiting.isEmpty else { return false }
            if pool.count > pool.minimum(policy) {
                if lacksMinimum { return true }
                return pool.expectedBytes - pool.bytesEach
                    >= poor.expectedBytes + poor.bytesEach
            }
            return lacksMinimum && pool.count - 1 >= poor.count + 1
        }
        return givers.max { pools[$0].expectedBytes < pools[$1].expectedBytes }
    }
}
