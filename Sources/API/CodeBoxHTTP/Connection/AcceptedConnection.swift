import HummingbirdCore
import NIOCore
import Synchronization

/// A connection from its acceptance until a task serves it.
///
/// A server that stops drops the connections that no task serves yet, and NIO ends the process if
/// the writer of one of them is dropped before it is finished. So this closes them.
final class AcceptedConnection: ServerChildChannelValue {
    let channel: any Channel
    private let value: Mutex<HTTP1Channel.Value?>

    init(_ value: HTTP1Channel.Value) {
        channel = value.channel
        self.value = Mutex(value)
    }

    deinit {
        guard let value = take() else { return }
        Task { try? await value.executeThenClose { _, _ in } }
    }

    /// Returns the connection to the one who will serve and close it; nil for all but the first.
    func take() -> HTTP1Channel.Value? {
        value.withLock { value in
            defer { value = nil }
            return value
        }
    }
}
