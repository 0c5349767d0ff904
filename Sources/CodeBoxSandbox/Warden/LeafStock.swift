import CodeBoxCore

/// Cgroups made ahead, while nothing else is to be done: a sandbox that is asked for at once need not
/// wait for its own. Nobody was ever in them.
struct LeafStock {
    /// Enough for a burst that finds the pools empty; what comes then comes faster than they are made.
    static let size = 4
    /// None is made within so long of a sandbox's making or end: the core is theirs then.
    static let quietNs: UInt64 = 2_000_000
    /// Between two of them, so that whoever comes waits for no more than one.
    static let pauseNs: UInt64 = 200_000

    private var leaves: [any CgroupLeaf] = []
    /// Those of the last sandbox: the next one's are likely the same.
    private var limits: Limits
    /// When the next one is to be made; nil while there are enough.
    private(set) var dueNs: UInt64?

    init(limits: Limits, now: UInt64) {
        self.limits = limits
        dueNs = now + Self.quietNs
    }

    /// One with these limits; nil where there is none.
    mutating func take(_ limits: Limits) -> (any CgroupLeaf)? {
        self.limits = limits
        guard let leaf = leaves.popLast() else { return nil }
        do throws(CodeBoxError) {
            try leaf.setLimits(limits)
            return leaf
        } catch {
            // Making one anew will tell what is wrong.
            _ = try? leaf.remove()
            return nil
        }
    }

    /// Something else was to be done just now.
    mutating func disturb(now: UInt64) {
        if leaves.count < Self.size { dueNs = now + Self.quietNs }
    }

    /// Makes one.
    mutating func add(now: UInt64, _ make: (Limits) throws -> any CgroupLeaf) {
        dueNs = nil
        // Where it can't be done, whoever needs one is told why, and the next try follows that.
        guard let leaf = try? make(limits) else { return }
        leaves.append(leaf)
        if leaves.count < Self.size { dueNs = now + Self.pauseNs }
    }
}
