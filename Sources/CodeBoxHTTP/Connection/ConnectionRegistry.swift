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

    /// Does `work` in a task that is canceled as soon as the client hangs up.
    func whileConnected<Value: Sendable, Failure: Error>(
        _ channel: any Channel, _ work: @escaping @Sendable () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        // It would not take over its maker's, and go on with a thread of the pool after every wait.
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
