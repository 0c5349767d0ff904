import Synchronization

/// The memory that requests and responses may take, over all connections.
///
/// A request's body counts from its first byte until the response is complete: while it arrives,
/// while it is decoded, and while its program waits or runs. A large part of a response counts
/// until the client has it.
///
/// No client can take all of it. Large bodies leave a quarter to small ones, and the connections of
/// one address leave a quarter to others.
final class RequestBudget: Sendable {
    /// A body takes its size twice: as it came, and decoded.
    static let bodyFactor = 2
    /// Bytes from which on a body, or a part of a response, is large.
    static let large = 64 << 10

    let maximum: Int
    private let used = Atomic<Int>(0)

    /// - Parameter maximum: bytes.
    init(_ maximum: Int) {
        self.maximum = maximum
    }

    /// Bytes that are taken.
    var taken: Int { used.load(ordering: .relaxed) }

    /// Takes bytes for a body.
    /// - Returns: false, with nothing taken, if there is too little left.
    func take(_ bytes: Int, for client: ClientUse, isLarge: Bool) -> Bool {
        let total = used.wrappingAdd(bytes, ordering: .relaxed).newValue
        let own = client.bytes.wrappingAdd(bytes, ordering: .relaxed).newValue
        let quarter = maximum / 4
        if total <= (isLarge ? 3 * quarter : maximum), own <= (isLarge ? 2 : 3) * quarter {
            return true
        }
        release(bytes, of: client)
        return false
    }

    /// Takes bytes that are in memory already, whether there is room or not. Bodies are then
    /// refused until there is.
    func occupy(_ bytes: Int, for client: ClientUse) {
        used.wrappingAdd(bytes, ordering: .relaxed)
        client.bytes.wrappingAdd(bytes, ordering: .relaxed)
    }

    func release(_ bytes: Int, of client: ClientUse) {
        used.wrappingSubtract(bytes, ordering: .relaxed)
        client.bytes.wrappingSubtract(bytes, ordering: .relaxed)
    }
}
