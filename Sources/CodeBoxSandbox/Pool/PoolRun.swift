/// A run as the pools see it.
struct PoolRun: Hashable, Sendable {
    let id: UInt64
    /// Where to take a sandbox from, the best first; at least one.
    let pools: [WarmPoolKey]
    /// A forked interpreter may run its program, if the first pool's zygote is its parent.
    let mayFork: Bool
}
