import HummingbirdCore

/// Bounds the connections that are open at one time; more wait in the kernel's backlog.
///
/// NIO accepts up to four connections before it asks again, so a limit that says yes up to the
/// maximum, as Hummingbird's own does, is exceeded by three. This one says no as soon as another
/// four might be too many.
struct ConnectionLimit: AvailableConnectionsDelegate {
    /// The default of `maxMessagesPerRead` on NIO's server sockets.
    static let acceptedAtOnce = 4

    private let maximum: Int
    private var count = 0

    /// - Parameter maximum: at least ``acceptedAtOnce``.
    init(_ maximum: Int) {
        self.maximum = max(maximum, Self.acceptedAtOnce)
    }

    mutating func connectionOpened() { count += 1 }

    mutating func connectionClosed() { count -= 1 }

    func isAcceptingNewConnections() -> Bool { count + Self.acceptedAtOnce <= maximum }
}
