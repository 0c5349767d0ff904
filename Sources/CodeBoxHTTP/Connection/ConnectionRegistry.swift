package import CodeBoxCore
package import NIOCore
import Synchronization

/// The open connections. Each has a signal that fires once its client has disconnected.
///
/// A client that shuts down only its sending side counts as disconnected, because HTTP/1 has no other
/// sign. Hummingbird's own check (`consumeWithCancellationOnInboundClose`) ends the connection with
/// the request, which would cost `POST /v1/run` its keep-alive.
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

    /// Runs `work` in a task that is canceled as soon as the client disconnects.
    package func whileConnected<Value: Sendable, Failure: Error>(
        _ channel: any Channel, _ work: @escaping @Sendable () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        // The task does not inherit its creator's executor: without this one it would go on with a
        // thread of the pool after every wait.
        let executor = LoopExecutor(channel.eventLoop)
        defer { withExtendedLifetime(executor) {} }
        let task = Task.immediate(executorPreference: executor) {
            () async -> Result<Value, Failure> in
            do throws(Failure) {
                return .success(try await work())
            } catch {
                return .failure(error)
            }
        }
        let closing = closing(of: channel)
        let listener = closing.onFire { task.cancel() }
        defer { closing.remove(listener) }
        return try await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }.get()
    }
}
