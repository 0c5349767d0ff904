import CodeBoxCore

/// Pre-created cgroups, built while the warden is idle: a new sandbox need not wait for its own.
/// No process was ever in them.
///
/// The stock is full, or ``dueNs`` says when the warden builds the next one. So it is full at rest,
/// whatever happened last: a sandbox was made, one ended, or a cgroup could not be built.
struct LeafStock {
    /// Enough for a burst that finds the pools empty. A longer burst empties the stock faster than
    /// the warden could fill it.
    static let size = 4
    /// The warden builds none so soon after a sandbox was made or ended: the core is theirs then.
    static let quietNs: UInt64 = 2_000_000
    /// Between two of them, so that a request waits for one at most.
    static let pauseNs: UInt64 = 200_000
    /// After a cgroup could not be built: at first, and at most.
    static let firstRetryNs: UInt64 = 100_000_000
    static let lastRetryNs: UInt64 = 12_800_000_000

    private var leaves: [any CgroupLeaf] = []
    /// Those of the last sandbox: the next one's are likely the same.
    private var limits: Limits
    /// When the warden builds the next one; nil exactly while the stock is full.
    private(set) var dueNs: UInt64?
    /// After a failure: the next try comes no sooner than this, and the pause after that one.
    private var retryNs: UInt64 = 0
    private var retryPauseNs = firstRetryNs

    init(limits: Limits, now: UInt64) {
        self.limits = limits
        dueNs = now + Self.quietNs
    }

    /// Takes a cgroup out and gives it these limits; nil if there is none, or if it refuses them.
    mutating func take(_ limits: Limits, now: UInt64) -> (any CgroupLeaf)? {
        self.limits = limits
        guard let leaf = leaves.popLast() else { return nil }
        disturb(now: now)
        do throws(CodeBoxError) {
            try leaf.setLimits(limits)
            return leaf
        } catch {
            // The caller makes another one, and that reports what is wrong.
            _ = try? leaf.remove()
            return nil
        }
    }

    /// The warden has just done something else: the next cgroup is built later.
    mutating func disturb(now: UInt64) {
        if leaves.count < Self.size { dueNs = max(now + Self.quietNs, retryNs) }
    }

    /// Builds a cgroup.
    mutating func add(now: UInt64, _ make: (Limits) throws -> any CgroupLeaf) {
        guard let leaf = try? make(limits) else {
            // A sandbox that needs one meets the same error, and reports it.
            retryNs = now + retryPauseNs
            retryPauseNs = min(2 * retryPauseNs, Self.lastRetryNs)
            dueNs = retryNs
            return
        }
        (retryNs, retryPauseNs) = (0, Self.firstRetryNs)
        leaves.append(leaf)
        dueNs = leaves.count < Self.size ? now + Self.pauseNs : nil
    }
}
