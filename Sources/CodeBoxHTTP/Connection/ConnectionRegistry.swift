import NIOCore
import Synchronization

/// The open connections, found by their channel.
///
/// Hummingbird's own way of noticing a client that hangs up (`consumeWithCancellationOnInboundClose`)
/// ends the connection with the request, which would cost `POST /v1/run` its keep-alive.
final class ConnectionRegistry: Sendable {
    private let connections = Mutex<[ObjectIdentifier: Connection]>([:])

    var count: Int { connections.withLock(\.count) }

    func add(_ channel: any Channel) -> Connection {
        let connection = Connection()
        connections.withLock { $0[ObjectIdentifier(channel)] = connection }
        return connection
    }

    func remove(_ channel: any Channel) {
        connections.withLock { $0[ObjectIdentifier(channel)] = nil }
    }

    /// Does `work` in a task that is canceled as soon as the client hangs up.
    ///
    /// A client that only shuts down its sending side is taken to have hung up: HTTP/1 has no other
    /// sign of it.
    func whileConnected<Value: Sendable, Failure: Error>(
        _ channel: any Channel, _ work: @escaping @Sendable () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let found = connections.withLock { $0[ObjectIdentifier(channel)] }
        guard let connection = found else { return try await work() }
        let task = Task { () async -> Result<Value, Failure> in
            do throws(Failure) {
                return .success(try await work())
            } catch {
                return .failure(error)
            }
        }
        connection.onClose { task.cancel() }
        defer { connection.onClose(nil) }
        return try await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }.get()
    }
}
