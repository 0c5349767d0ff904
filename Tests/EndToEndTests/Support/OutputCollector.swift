import Foundation
import Glibc
import Synchronization

/// Reads a pipe to its end on a separate thread, and lets tests wait for its content.
final class OutputCollector: Sendable {
    private struct State {
        var bytes: [UInt8] = []
        var isClosed = false
        var waiters: [(condition: @Sendable (String) -> Bool, latch: Latch<Bool>)] = []
    }

    private let state = Mutex(State())
    private let ended = Latch<Bool>()

    /// Takes the descriptor over.
    init(reading descriptor: Int32) {
        let thread = Thread { self.readAll(descriptor) }
        thread.start()
    }

    var bytes: [UInt8] { state.withLock { $0.bytes } }
    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// False if the stream is still open after `limit`.
    func end(within limit: Duration) async -> Bool {
        await ended.value(within: limit) ?? false
    }

    /// Returns as soon as the text read so far satisfies the condition; false if it never does.
    func wait(
        within limit: Duration, until condition: @escaping @Sendable (String) -> Bool
    ) async -> Bool {
        let latch = Latch<Bool>()
        state.withLock { state in
            if condition(String(decoding: state.bytes, as: UTF8.self)) {
                latch.set(true)
            } else if state.isClosed {
                latch.set(false)
            } else {
                state.waiters.append((condition, latch))
            }
        }
        return await latch.value(within: limit) ?? false
    }

    private func readAll(_ descriptor: Int32) {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { break }
            state.withLock { state in
                state.bytes.append(contentsOf: buffer[..<count])
                guard !state.waiters.isEmpty else { return }
                let text = String(decoding: state.bytes, as: UTF8.self)
                state.waiters.removeAll { waiter in
                    guard waiter.condition(text) else { return false }
                    waiter.latch.set(true)
                    return true
                }
            }
        }
        close(descriptor)
        let waiters = state.withLock { state in
            state.isClosed = true
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.latch.set(false) }
        ended.set(true)
    }
}
