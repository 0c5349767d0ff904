import Synchronization

/// What the connections of one address take together.
final class ClientUse: Sendable {
    let address: ClientAddress
    /// Bytes of ``RequestBudget`` that the address holds.
    let bytes = Atomic<Int>(0)

    init(_ address: ClientAddress) {
        self.address = address
    }
}
