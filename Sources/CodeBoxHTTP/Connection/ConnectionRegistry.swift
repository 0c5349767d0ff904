import CodeBoxCore
import NIOCore
import Synchronization

/// The open connections, found by their channel, each with a signal that fires once its client has
/// hung up.
///
/// A client that only shuts down its sending side is taken to have hung up: HTTP/1 has no other
/// sign of it. Hummingbird's own way of noticing (`consumeWithCancellationOnInboundClose`) ends the
/// connection with the request, which would cost `POST /v1/run` its keep-alive.
final class ConnectionRegistry: Sendable {
    private let connections = Mutex<[ObjectIdentifier: StopSignal]>([:])

    var count: Int { connections.withLock(\.count) }

    func add(_ channel: any Channel) -> StopSignal {
        let connection = StopSignal()
        connections.withLock { $0[ObjectIdentifier(channel)] = connection }
        return connection
    }

    func remove(_ channel: any Channel) {
        connections.withLock { $0[ObjectIdentifier(channel)] = nil }
    }

    /// Fires once the client has hung up; never, for a channel that is not here.
    func closing(of channel: any Channel) -> StopSignal {
        connections.withLock { $0[ObjectIdentifier(channel)] } ?? StopSignal()
    }
}
