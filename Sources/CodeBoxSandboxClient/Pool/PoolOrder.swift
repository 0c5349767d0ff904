import CodeBoxSandbox

/// What the pools want the warden to be told. Ids are the client's.
enum PoolOrder: Hashable, Sendable {
    /// Make a sandbox that waits; forked from a zygote, or 0: its job's process execs.
    case make(UInt64, WarmPoolKey, zygote: UInt64)
    case kill(UInt64)
    case startZygote(UInt64, ZygoteName)
    case dropZygote(UInt64)
}
