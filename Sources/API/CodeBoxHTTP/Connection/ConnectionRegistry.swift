package import CodeBoxCore
package import NIOCore
import Synchronization

/// The open connections. Each has a signal that fires once its client has disconnected.
///
/// A client that shuts down only its sending side counts as disconnected, because HTTP/1 has no
/// other sign. Hummingbird's own check (`consumeWithCancellationOnInboundClose`) ends the
/// connection with the request, which would cost `POST /v1/run` its keep-alive.
package final class ConnectionRegistry: Sendable {
    private struct Connection {
        var signal = StopSignal()
        var isOver = false
    }

    private let connections = Mutex<[ObjectIdentifier: Connection]>([:])

    package init() {}

    package var count: Int { connections.withLock(\.count) }

    func add(_ channel: any Channel) {
        connections.withLock { $0[ObjectIdentifier(channel)] = Connection() }
    }

    /// The client has disconnected.
    func end(_ channel: any Channel) {
        let signal = connections.withLock { connections in
            connections[ObjectIdentifier(channel)]?.isOver = true
            return connections[ObjectIdentifier(channel)]?.signal
        }
        signal?.fire(.disconnected)
    }

    func remove(_ channel: any Channel) {
        connections.withLock { $0[ObjectIdentifier(channel)] = nil }
    }

    /// Returns the signal that fires once the client has disconnected. It never fires for a channel
    /// that is not registered.
    ///
    /// A signal fires once, and the engine fires it too, when it ends a request's work. Later
    /// requests of the connection get another one.
    package func closing(of channel: any Channel) -> StopSignal {
        connections.withLock { connections in
            guard let connection = connections[ObjectIdentifier(channel)] else {
                return StopSignal()
            }
            guard !connection.isOver, connection.signal.hasFired else { return connection.signal }
            let next = StopSignal()
            connections[ObjectIdentifier(channel)]?.signal = next
            return next
        }
    }
}
