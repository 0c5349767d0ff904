/// From when on a write must survive a power cut. Every write survives the end of this process.
package enum Durability: Sendable {
    /// As soon as the method returns.
    case now
    /// As soon as a later ``now`` write or ``JobStore/flush()`` returns. For changes that no client
    /// has been told of yet.
    case later
}
