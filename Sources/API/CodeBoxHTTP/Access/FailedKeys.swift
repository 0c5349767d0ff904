import Hummingbird
import Logging
import NIOCore
import Synchronization

/// Slows down clients that present unknown API keys, and logs them.
///
/// The response to a wrong key comes late and ends its connection. The delay must not become a way
/// to hold memory or connections: few responses are delayed at one time, a connection that waits
/// for one counts as idle, and nothing about the client is remembered. Beyond that number the
/// connection ends at once.
final class FailedKeys: Sendable {
    static let maximumPaused = 32
    /// The least time between two lines in the log.
    private static let logInterval = Duration.seconds(1)

    private struct State {
        var paused = 0
        var unlogged = 0
        var lastLine: ContinuousClock.Instant?
    }

    private let state = Mutex(State())
    private let connections: ConnectionRegistry
    private let pause: Duration

    /// - Parameter pauseMs: how late a response is, in milliseconds.
    init(_ connections: ConnectionRegistry, pauseMs: Int) {
        self.connections = connections
        pause = .milliseconds(pauseMs)
    }

    /// Logs a failure, and returns when the client may have its response.
    func slow(_ channel: any Channel, logger: Logger) async {
        log(ClientAddress(channel.remoteAddress), logger)
        let mayPause = state.withLock { state in
            guard state.paused < Self.maximumPaused else { return false }
            state.paused += 1
            return true
        }
        guard mayPause else { return }
        connections.becameIdle(channel)
        try? await Task.sleep(for: pause)
        state.withLock { $0.paused -= 1 }
    }

    private func log(_ address: ClientAddress, _ logger: Logger) {
        let now = ContinuousClock.now
        let unlogged = state.withLock { state -> Int? in
            if let last = state.lastLine, now - last < Self.logInterval {
                state.unlogged += 1
                return nil
            }
            state.lastLine = now
            defer { state.unlogged = 0 }
            return state.unlogged
        }
        guard let unlogged else { return }
        logger.warning(
            "a client presented an unknown API key",
            metadata: [
                "address": .stringConvertible(address), "unlogged": .stringConvertible(unlogged),
            ])
    }
}
