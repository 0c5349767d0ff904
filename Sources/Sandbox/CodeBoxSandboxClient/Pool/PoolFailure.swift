/// What follows if a pooled sandbox ends before a run got it.
enum PoolFailure: Hashable, Sendable {
    /// Another one is made instead, or it was no longer wanted.
    case ignored
    /// The first run in the line fails with it, and has left the line.
    case run(UInt64)
    /// No run waited. Logged once, until the pool has made a good one.
    case worthTelling
}
