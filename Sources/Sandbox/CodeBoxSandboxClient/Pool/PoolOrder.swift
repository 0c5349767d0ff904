import CodeBoxSandbox

/// What the pools want from the warden. Ids are the client's.
enum PoolOrder: Hashable, Sendable {
    /// Make a sandbox that waits. Its job's process is forked from the zygote; with 0 it execs.
    case make(UInt64, WarmPoolKey, zygote: UInt64)
    case kill(UInt64)
    case startZygote(UInt64, ZygoteName)
    case dropZygote(UInt64)
}
