package import CodeBoxCore
package import NIOCore
import Synchronization

/// The open connections. Each has a signal that fires once its client has disconnected.
///
/// A client that shuts down only its sending side counts as disconnected, because HTTP/1 has no
/// other sign. Hummingbird's own check (`consumeWithCancellationOnInboundClose`) ends the
/// connection with the request, which would cost `POST /v1/run` its keep-alive.
package final class ConnectionRegistry: Sendable {
    private let connections = Mutex<[ObjectIdentifier: StopSignal]>([:])

    package init() {}

    package var count: Int { connections.withLock(\.count) }

    func add(_ channel: any Channel) -> StopSignal {
        let connection = StopSignal()
        connections.withLock { $0[ObjectIdentifier(channel)] = connection }
        return connection
    }

    func remove(_ channel: any Channel) {
        connections.withLock { $0[ObjectIdentifier(channel)] = nil }
    }

    /// Returns the signal that fires once the client has disconnected. It never fires for a channel
    /// that is not registered.
    package func closing(of channel: any Channel) -> StopSignal {
        connections.withLock { $0[ObjectIdentifier(channel)] } ?? StopSignal()
    }
}
