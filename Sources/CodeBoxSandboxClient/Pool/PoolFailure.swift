/// What follows from a pooled sandbox's end before it was handed over.
enum PoolFailure: Hashable, Sendable {
    /// Another is made instead, or it was not wanted any more.
    case ignored
    /// The run that waited first has failed with it; it has left the line.
    case run(UInt64)
    /// Nobody waited. Told once for as long as the pool makes no good one.
    case worthTelling
}
