import CodeBoxSandbox

/// A run as the pools see it.
struct PoolRun: Hashable, Sendable {
    let id: UInt64
    /// The pools that a sandbox may be taken from, the best first; at least one.
    let pools: [WarmPoolKey]
    /// Its program may run in a process that the first pool's zygote forks, or another that serves
    /// in its place.
    let mayFork: Bool
}
