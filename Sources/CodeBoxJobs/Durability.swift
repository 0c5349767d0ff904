/// When a write must outlive a power cut. It outlives the end of this process in any case.
package enum Durability: Sendable {
    /// Once the method returns.
    case now
    /// Once a later ``now`` write, or ``JobStore/flush()``, has returned: for what nobody has been told
    /// of yet.
    case later
}
